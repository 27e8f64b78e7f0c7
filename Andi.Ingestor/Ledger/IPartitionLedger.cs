namespace Andi.Ingestor.Ledger;

/// <summary>
/// The durable side of exactly-once: who owns a partition, which batch is under way, how far it is applied. Every change is a compare-and-set on the
/// fencing token. docs/exactly-once.md says why this order of steps is safe. PostgreSQL in the product, a model in the simulation.
/// </summary>
internal interface IPartitionLedger
{
    /// <summary>
    /// Takes a partition over from its owner. Blocks; called where Kafka's client waits for the answer. Throws <see cref="RetiredGenerationException"/>.
    /// </summary>
    PartitionOwnership TakeOver(string topic, int partition, int generation, string owner);

    /// <summary>
    /// Notes that the topic has no landing table, so that readers do not wait for its events. Blocks. Throws <see cref="RetiredGenerationException"/>.
    /// </summary>
    void NoteWithoutLandingTable(string topic, int partition, int generation);

    /// <summary>Notes that the warehouse refuses rows of all fencing tokens before this owner's.</summary>
    Task NoteRevokedAsync(PartitionOwnership ownership, CancellationToken cancellationToken);

    /// <summary>Writes down which offsets are about to be inserted, as rows of which columns.</summary>
    Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that the warehouse refuses events of the declared batch: whoever makes the batch again leaves them out. Throws <see cref="FencedOffException"/>.
    /// </summary>
    Task NoteRefusedAsync(PartitionOwnership ownership, OffsetRange batch, IReadOnlyDictionary<long, string> reasons, CancellationToken cancellationToken);

    /// <summary>Confirms the declared batch. Throws <see cref="FencedOffException"/>.</summary>
    Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken);

    /// <summary>
    /// Moves partitions on over events that left no rows (heartbeats, replays), all in one statement. Partitions that another ingestor has taken over
    /// are left alone and returned: while no rows come, nothing else would tell that their progress is no longer noted.
    /// </summary>
    Task<IReadOnlyList<PartitionOwnership>> AdvanceIdleAsync(
        IReadOnlyList<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken);
}

/// <summary>The ledger's answer to the announcement of a batch.</summary>
internal enum Declaration
{
    /// <summary>The batch may be inserted.</summary>
    Declared,

    /// <summary>Not now: ask again.</summary>
    Held,

    /// <summary>The partition belongs to another ingestor.</summary>
    FencedOff,
}

/// <summary>Another ingestor has taken the partition over; this one must stop writing for it.</summary>
public sealed class FencedOffException(string topic, int partition) : Exception($"Partition {partition} of {topic} belongs to another ingestor now.");

/// <summary>Readers have left the topic's generation: its events are no longer landed.</summary>
internal sealed class RetiredGenerationException(string topic) : Exception($"The generation of {topic} is retired; its events are not landed any more.");
