namespace Andi.Ingestor.Events;

/// <summary>An event that cannot be parsed or has no place in its landing table. It goes, whole and with this reason, to the dead letters.</summary>
public sealed class MalformedEventException(string reason) : Exception(reason);
