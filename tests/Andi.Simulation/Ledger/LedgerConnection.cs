using Andi.Ingestor.Ownership;
using Andi.Simulation.Ingestors;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Ledger;

/// <summary>One ingestor's way to the ledger.</summary>
internal sealed class LedgerConnection(LedgerModel ledger, Network network, IngestorProcess process) : IPartitionLedger
{
    public PartitionOwnership TakeOver(string topic, int partition, int generation, string owner) =>
        process.Block($"i{process.Number} takes over {partition}", () => ledger.TakeOver(partition));

    public void NoteWithoutLandingTable(string topic, int partition, int generation) =>
        throw new NotSupportedException("The only table has a landing table.");

    public Task NoteRevokedAsync(PartitionOwnership ownership, CancellationToken cancellationToken) => Send(ownership, "revoked", () =>
    {
        ledger.NoteRevoked(ownership);
        return true;
    });

    public Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken) =>
        Send(ownership, $"declare {batch.Range.First}-{batch.Range.Last}", () => ledger.Declare(ownership, batch));

    public async Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken)
    {
        // What the batch holds is sent now: it may be gone when the statement is executed.
        var sent = batch with { Failed = batch.Failed.ToDictionary(), Replayed = [.. batch.Replayed] };
        if (!await Send(ownership, $"applied {batch.Progress.Offset}", () => ledger.MarkApplied(ownership, sent)))
        {
            throw new FencedOffException(ownership.Topic, ownership.Partition);
        }
    }

    public Task<IReadOnlyList<PartitionOwnership>> AdvanceIdleAsync(
        IReadOnlyList<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken)
    {
        process.ThrowIfGone();
        return network.Send<IReadOnlyList<PartitionOwnership>>(
            $"i{process.Number} idle",
            process.Context,
            () => [.. moves.Where(move => !ledger.AdvanceIdle(move.Ownership, move.Progress)).Select(move => move.Ownership)]);
    }

    private Task<T> Send<T>(PartitionOwnership ownership, string statement, Func<T> effect)
    {
        process.ThrowIfGone();
        return network.Send($"i{process.Number} f{ownership.Fence} p{ownership.Partition} {statement}", process.Context, effect);
    }
}
