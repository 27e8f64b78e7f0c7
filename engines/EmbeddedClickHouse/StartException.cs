namespace Andi.EmbeddedClickHouse;

/// <summary>The server cannot start; the message is the one line its user needs.</summary>
internal sealed class StartException(string message) : Exception(message);
