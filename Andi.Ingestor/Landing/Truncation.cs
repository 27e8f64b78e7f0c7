using Andi.ChangeEvents;

namespace Andi.Ingestor.Landing;

/// <summary>A TRUNCATE at its place in a batch.</summary>
/// <param name="Change">Position and times of the event.</param>
/// <param name="Offset">Of the event's message: what the partition landed below it is taken back.</param>
internal sealed record Truncation(ChangeEvent Change, long Offset);
