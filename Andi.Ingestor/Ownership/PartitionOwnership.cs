namespace Andi.Ingestor.Ownership;

/// <summary>What an ingestor holds once it has taken a partition over.</summary>
/// <param name="Topic">Of the partition.</param>
/// <param name="Partition">Number within the topic.</param>
/// <param name="Generation">Of the topic.</param>
/// <param name="Fence">Fencing token: grows with every take-over; statements with an older one change nothing, rows with an older one are refused.</param>
/// <param name="RevokedThrough">The warehouse refuses rows of fencing tokens up to this one. The older owners' must be revoked before anything is written.</param>
/// <param name="Applied">Where the owner before came to.</param>
/// <param name="Pending">The batch whose insert the owner before had announced but not confirmed: it must be repeated exactly, with the same token.</param>
/// <param name="DeadLetters">Offsets of the messages that could not be ingested so far.</param>
internal sealed record PartitionOwnership(
    string Topic,
    int Partition,
    int Generation,
    long Fence,
    long RevokedThrough,
    PartitionProgress Applied,
    PendingBatch? Pending,
    IReadOnlyList<long> DeadLetters);
