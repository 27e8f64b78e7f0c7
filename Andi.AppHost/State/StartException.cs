namespace Andi.AppHost.State;

/// <summary>A failure that the reader can do something about: its message says what and how, in one line where possible; no stack trace is shown.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
