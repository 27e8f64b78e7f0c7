namespace Andi.Ingestor.Ownership;

/// <summary>Another ingestor has taken the partition over; this one must stop writing for it.</summary>
public sealed class FencedOffException(string topic, int partition) : Exception($"Partition {partition} of {topic} belongs to another ingestor now.");
