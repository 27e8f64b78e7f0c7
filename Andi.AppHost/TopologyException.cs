namespace Andi.AppHost;

/// <summary>A failure the reader can do something about: the message is all they need, in one line where possible; no stack trace is shown.</summary>
public sealed class TopologyException : Exception
{
    public TopologyException(string message)
        : base(message)
    {
    }

    public TopologyException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
