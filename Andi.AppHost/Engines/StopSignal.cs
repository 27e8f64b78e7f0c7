namespace Andi.AppHost.Engines;

/// <summary>A POSIX signal, by the name setpriv knows and the number the kernel knows.</summary>
public sealed record StopSignal(string Name, int Number)
{
    public static readonly StopSignal Interrupt = new("INT", 2);
    public static readonly StopSignal Kill = new("KILL", 9);
    public static readonly StopSignal Terminate = new("TERM", 15);

    /// <summary>Halts a process where it stands, unnoticed by it.</summary>
    public static readonly StopSignal Suspend = new("STOP", 19);

    /// <summary>Lets a suspended process go on.</summary>
    public static readonly StopSignal Resume = new("CONT", 18);
}
