namespace Andi.Cli;

/// <summary>A failure whose message tells the person at the command line all there is to know.</summary>
internal sealed class CommandFailure(string message) : Exception(message);
