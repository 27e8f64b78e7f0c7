using Andi.ChangeEvents;

namespace Andi.Ingestor.Ledger;

/// <summary>What an ingestor holds once it has taken a partition over.</summary>
/// <param name="Topic">The topic of the partition.</param>
/// <param name="Partition">The number of the partition within the topic.</param>
/// <param name="Generation">The generation of the topic.</param>
/// <param name="Fence">Fencing token: grows with every take-over; statements with an older one change nothing, rows with an older one are refused.</param>
/// <param name="RevokedThrough">The warehouse refuses rows of fencing tokens up to this one. The older owners' must be revoked before anything is
/// written.</param>
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

/// <summary>How far a partition is applied: all its events up to the offset are in the warehouse, and with them all its changes up to the position.</summary>
/// <param name="Offset">The last applied offset; −1 before the first.</param>
/// <param name="Position">The last applied position.</param>
/// <param name="SourceTimeMs">When that event's transaction committed or its heartbeat was sent, milliseconds since 1970-01-01 UTC.</param>
/// <param name="IsInSnapshot">That event was a snapshot's row: more rows of the same point may follow, so nobody may rely on the position yet.</param>
internal readonly record struct PartitionProgress(long Offset, Position Position, long SourceTimeMs, bool IsInSnapshot);

/// <summary>Offsets of one partition, both ends included.</summary>
internal readonly record struct OffsetRange(long First, long Last);

/// <summary>A batch that was announced and not confirmed: what a repeat needs to make exactly the same rows.</summary>
/// <param name="Range">The offsets of the batch.</param>
/// <param name="Columns">The landing table's columns when its rows were made, as the text that a landing table gives of them; null where they were not
/// noted.</param>
/// <param name="Refused">Offsets of its events whose rows the warehouse refuses, with the reason: they are dead letters of the batch.</param>
internal sealed record PendingBatch(OffsetRange Range, string? Columns, IReadOnlyDictionary<long, string> Refused)
{
    public static readonly IReadOnlyDictionary<long, string> NoneRefused = new Dictionary<long, string>();

    public PendingBatch(OffsetRange range, string? columns)
        : this(range, columns, NoneRefused)
    {
    }
}

/// <summary>What the ledger notes of a batch that is in the warehouse.</summary>
/// <param name="Progress">Where the partition is now.</param>
/// <param name="Inserts">How many inserts the batch took: ClickHouse remembers a bounded number of their tokens.</param>
/// <param name="Failed">Messages that could not be ingested, by offset, with the reason; those of earlier batches whose replay failed again, too.</param>
/// <param name="Replayed">Offsets of dead letters that were ingested after all, or that a truncate has made pointless.</param>
internal sealed record AppliedBatch(PartitionProgress Progress, int Inserts, IReadOnlyDictionary<long, string> Failed, IReadOnlyCollection<long> Replayed);
