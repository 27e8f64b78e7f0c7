using Andi.ChangeEvents;
using Andi.Ingestor.Ledger;
using Andi.Simulation.Ledger;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Source;
using Andi.Simulation.Warehouse;

namespace Andi.UnitTests.Simulation;

/// <summary>Nobody is told which position was applied, so what the relay sends again is taken in.</summary>
internal sealed class ForgetsPositions(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
{
    public override PartitionOwnership TakeOver(int partition)
    {
        var ownership = base.TakeOver(partition);
        return ownership with { Applied = ownership.Applied with { Position = Position.None } };
    }
}

internal sealed class IgnoresFences(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
{
    protected override bool IsOwner(PartitionRecord record, PartitionOwnership by) => true;
}

/// <summary>A new owner does not learn what the one before had announced, and announces what it likes.</summary>
internal sealed class ForgetsTheIntent(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
{
    public override PartitionOwnership TakeOver(int partition) => base.TakeOver(partition) with { Pending = null };

    public override Declaration Declare(PartitionOwnership by, PendingBatch batch)
    {
        var record = this[by.Partition]!;
        var pending = record.Pending;
        record.Pending = null;
        var answer = base.Declare(by, batch);
        record.Pending ??= pending;
        return answer;
    }
}

internal sealed class ForgetsTheColumns(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
{
    public override Declaration Declare(PartitionOwnership by, PendingBatch batch) => base.Declare(by, batch with { Columns = null });
}

internal sealed class HasNoLimit(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
{
    protected override long InsertsWhilePending => long.MaxValue;
}

/// <summary>A dead letter that a truncation of its own batch made pointless is noted as outstanding.</summary>
internal sealed class SettlesEarlierBatchesOnly(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
{
    public override bool MarkApplied(PartitionOwnership by, AppliedBatch batch) =>
        base.MarkApplied(by, batch with { Replayed = [.. batch.Replayed.Except(batch.Failed.Keys)] });
}

internal sealed class RefusesNobody(WorldPlan plan, Randomness random, FaultCounts faults) : WarehouseModel(plan, random, faults)
{
    protected override bool IsRefused(int partition, long fence) => false;
}

internal sealed class KeepsNoRetractions(WorldPlan plan, Randomness random, FaultCounts faults) : WarehouseModel(plan, random, faults)
{
    protected override LandedRow[] Kept(LandedRow[] rows) => Array.FindAll(rows, row => row.Sign == 1);
}

/// <summary>Each table remembers another number of tokens than it has to.</summary>
internal sealed class Remembers(WorldPlan plan, Randomness random, FaultCounts faults, Func<int, int> window)
    : WarehouseModel(plan, random, faults, window(plan.Window));

/// <summary>Only the landing table knows a repeat.</summary>
internal sealed class ForgetsTokensInViews(WorldPlan plan, Randomness random, FaultCounts faults) : WarehouseModel(plan, random, faults, viewWindow: 0);

/// <summary>As a truncation was before: it does not see what dead letters have left unbalanced.</summary>
internal sealed class RetractsTheNewest(WorldPlan plan, Randomness random, FaultCounts faults) : WarehouseModel(plan, random, faults)
{
    public override LandedRow[] SelectRetractions(int partition, long fence, Position position, long offset) =>
    [
        .. Landed
            .Where(row => row.Partition == partition && row.Position < position)
            .GroupBy(row => row.Row.Id)
            .Select(key => key.MaxBy(row => row.Version))
            .Where(row => row.Sign == 1)
            .OrderBy(row => row.Row, SourceRow.ByColumns)
            .Select(row => new LandedRow(row.Row, -1, position, partition, offset, fence)),
    ];
}
