using Andi.Ingestor.Ledger;
using Andi.Simulation.Ingestors;

namespace Andi.Simulation.Ledger;

/// <summary>One ingestor's way to the ledger.</summary>
internal sealed class LedgerConnection(LedgerModel ledger, IngestorProcess process) : IPartitionLedger
{
    public PartitionOwnership TakeOver(string topic, int partition, int generation, string owner) =>
        process.Block($"take over p{partition}", () => ledger.TakeOver(partition));

    public void NoteWithoutLandingTable(string topic, int partition, int generation) =>
        throw new NotSupportedException("The only table has a landing table.");

    public Task NoteRevokedAsync(PartitionOwnership ownership, CancellationToken cancellationToken) =>
        process.Send($"revoked p{ownership.Partition} f{ownership.Fence}", () => ledger.NoteRevoked(ownership));

    public Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken) =>
        process.Send($"declare p{ownership.Partition} f{ownership.Fence} {batch.Range.First}-{batch.Range.Last}", () => ledger.Declare(ownership, batch));

    public async Task NoteRefusedAsync(
        PartitionOwnership ownership, OffsetRange batch, IReadOnlyDictionary<long, string> reasons, CancellationToken cancellationToken)
    {
        if (!await process.Send(
            $"refused p{ownership.Partition} f{ownership.Fence} {string.Join(",", reasons.Keys)}", () => ledger.NoteRefused(ownership, batch, reasons)))
        {
            throw new FencedOffException(ownership.Topic, ownership.Partition);
        }
    }

    public async Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken)
    {
        // What the batch holds is sent now: it may be gone when the statement is executed.
        var sent = batch with { Failed = batch.Failed.ToDictionary(), Replayed = [.. batch.Replayed] };
        if (!await process.Send($"applied p{ownership.Partition} f{ownership.Fence} {batch.Progress.Offset}", () => ledger.MarkApplied(ownership, sent)))
        {
            throw new FencedOffException(ownership.Topic, ownership.Partition);
        }
    }

    public Task<IReadOnlyList<PartitionOwnership>> AdvanceIdleAsync(
        IReadOnlyList<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken) =>
        process.Send<IReadOnlyList<PartitionOwnership>>(
            $"idle {string.Join(", ", moves.Select(move => $"p{move.Ownership.Partition} f{move.Ownership.Fence} {move.Progress.Offset}"))}",
            () => [.. moves.Where(move => !ledger.AdvanceIdle(move.Ownership, move.Progress)).Select(move => move.Ownership)]);
}
