namespace Andi.AppHost.Native;

/// <summary>What a starting, running or stopping topology tells whoever shows it.</summary>
public abstract record TopologyEvent(string Name)
{
    /// <summary>A step is under way; told where a step takes long enough to wonder.</summary>
    public sealed record Progress(string Name, string Text) : TopologyEvent(Name);

    /// <summary>A step is done.</summary>
    public sealed record Done(string Name, TimeSpan After, string Detail) : TopologyEvent(Name);

    /// <summary>A line that a child wrote.</summary>
    public sealed record Line(string Name, LogSeverity Severity, string Text) : TopologyEvent(Name);
}
