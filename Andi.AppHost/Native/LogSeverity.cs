namespace Andi.AppHost.Native;

/// <summary>How serious a line of a log is.</summary>
public enum LogSeverity
{
    Information,
    Warning,
    Error,
}
