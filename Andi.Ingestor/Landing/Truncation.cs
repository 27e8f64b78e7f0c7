using Andi.Ingestor.Events;

namespace Andi.Ingestor.Landing;

/// <summary>A TRUNCATE at its place in a batch.</summary>
/// <param name="Change">Position and times of the event.</param>
/// <param name="Key">Names of the source table's key columns: of each key the newest row is the one that stands.</param>
/// <param name="Offset">Of the event's message.</param>
internal sealed record Truncation(ChangeEvent Change, IReadOnlyList<string> Key, long Offset);
