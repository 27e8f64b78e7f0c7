namespace Andi.Ingestor.Ownership;

/// <summary>What an ingestor holds once it has taken a partition over.</summary>
/// <param name="Topic">Of the partition.</param>
/// <param name="Partition">Number within the topic.</param>
/// <param name="Fence">Fencing token: grows with every take-over; statements with an older one change nothing.</param>
/// <param name="Applied">Where the owner before came to.</param>
/// <param name="Pending">The batch whose insert the owner before had announced but not confirmed: it must be repeated exactly, with the same token.</param>
internal sealed record PartitionOwnership(string Topic, int Partition, long Fence, PartitionProgress Applied, OffsetRange? Pending);
