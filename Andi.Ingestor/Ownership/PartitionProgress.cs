using Andi.ChangeEvents;

namespace Andi.Ingestor.Ownership;

/// <summary>How far a partition is applied: all its events up to the offset are in the warehouse, and with them all its changes up to the position.</summary>
/// <param name="Offset">The last applied offset; −1 before the first.</param>
/// <param name="Position">The last applied position.</param>
/// <param name="SourceTimeMs">When that event's transaction committed or its heartbeat was sent, milliseconds since 1970-01-01 UTC.</param>
/// <param name="IsInSnapshot">That event was a snapshot's row: more rows of the same point may follow, so nobody may rely on the position yet.</param>
internal readonly record struct PartitionProgress(long Offset, Position Position, long SourceTimeMs, bool IsInSnapshot);
