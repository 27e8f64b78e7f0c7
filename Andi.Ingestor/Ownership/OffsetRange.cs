namespace Andi.Ingestor.Ownership;

/// <summary>Offsets of one partition, both ends included.</summary>
internal readonly record struct OffsetRange(long First, long Last);
