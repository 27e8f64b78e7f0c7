using Andi.ChangeEvents;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Ingestor.Partitions;
using Confluent.Kafka;

namespace Andi.UnitTests.Ingestor;

/// <summary>Stores that agree to everything at once, and write down what was asked of them.</summary>
internal sealed class PartitionStubs(LandingTable? table) : IPartitionLedger, ILandingStore, ILandingTables, IDeadLetterSink, IPartitionReader
{
    /// <summary>Announced by an owner before; null for none.</summary>
    public PendingBatch? Pending { get; init; }

    /// <summary>Whether somebody else owns what is noted as idle.</summary>
    public bool IsTakenOver { get; set; }

    public int TakeOvers { get; private set; }

    /// <summary>How often it was noted that the partition's topic has no landing table.</summary>
    public int NotesWithoutLandingTable { get; private set; }

    public List<string> Inserts { get; } = [];

    public List<DeadLetter> DeadLetters { get; } = [];

    public List<AppliedBatch> Applied { get; } = [];

    /// <summary>Thrown by every insert; null for none.</summary>
    public RefusedRowsException? Refusal { get; init; }

    public List<(OffsetRange Batch, IReadOnlyDictionary<long, string> Reasons)> Refused { get; } = [];

    public List<long> Seeks { get; } = [];

    public HashSet<TopicPartition> Paused { get; } = [];

    /// <summary>How many Kafka has of the partition.</summary>
    public long Messages { get; set; }

    public PartitionOwnership TakeOver(string topic, int partition, int generation, string owner) =>
        new(topic, partition, generation, ++TakeOvers, TakeOvers - 1, new PartitionProgress(-1, default, 0, false), Pending, []);

    public void NoteWithoutLandingTable(string topic, int partition, int generation) => NotesWithoutLandingTable++;

    public Task NoteRevokedAsync(PartitionOwnership ownership, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult(Declaration.Declared);

    public Task NoteRefusedAsync(
        PartitionOwnership ownership, OffsetRange batch, IReadOnlyDictionary<long, string> reasons, CancellationToken cancellationToken)
    {
        Refused.Add((batch, reasons));
        return Task.CompletedTask;
    }

    public Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken)
    {
        Applied.Add(batch);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<PartitionOwnership>> AdvanceIdleAsync(
        IReadOnlyList<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PartitionOwnership>>(IsTakenOver ? [.. moves.Select(move => move.Ownership)] : []);

    public Task RevokeAsync(LandingTable landingTable, PartitionOwnership ownership, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken)
    {
        Inserts.Add(token);
        return Refusal is null ? Task.CompletedTask : throw Refusal;
    }

    public Task RetractAllAsync(
        LandingTable landingTable, PartitionOwnership ownership, Truncation truncation, string token, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public LandingTable? Find(string sourceTable) => table;

    public Task SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        DeadLetters.AddRange(letters);
        return Task.CompletedTask;
    }

    public void Seek(TopicPartitionOffset to) => Seeks.Add(to.Offset);

    public void Pause(TopicPartition partition) => Paused.Add(partition);

    public void Resume(TopicPartition partition) => Paused.Remove(partition);

    public long CountBehind(TopicPartition partition, long offset) => Math.Max(0, Messages - offset - 1);
}
