using Andi.Ingestor.Ownership;
using Andi.Positions;
using Andi.Simulation.Ledger;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Warehouse;

namespace Andi.UnitTests.Simulation;

/// <summary>Takes one thing away that the protocol leans on, and sees the simulation find out.</summary>
public sealed class ProofOfTheProofTests
{
    [Fact]
    public void Without_the_position_filter_it_fails() => ShouldFail(ledger: (plan, faults) => new ForgetsPositions(plan, faults));

    [Fact]
    public void Without_fences_in_the_ledger_it_fails() => ShouldFail(ledger: (plan, faults) => new IgnoresFences(plan, faults));

    [Fact]
    public void Without_fences_in_the_warehouse_it_fails() =>
        ShouldFail(warehouse: (plan, random, faults) => new RefusesNobody(plan, random, faults), seeds: 20_000);

    [Fact]
    public void Without_the_intent_it_fails() => ShouldFail(ledger: (plan, faults) => new RecordsNoIntent(plan, faults));

    [Fact]
    public void Without_the_columns_of_the_intent_it_fails() => ShouldFail(ledger: (plan, faults) => new RecordsNoColumns(plan, faults));

    [Fact]
    public void Without_retractions_it_fails() => ShouldFail(warehouse: (plan, random, faults) => new KeepsNoRetractions(plan, random, faults));

    [Fact]
    public void Without_deduplication_it_fails() => ShouldFail(warehouse: (plan, random, faults) => new Remembers(plan, random, faults, _ => 0));

    [Fact]
    public void With_a_window_that_is_one_token_too_small_it_fails() =>
        ShouldFail(warehouse: (plan, random, faults) => new Remembers(plan, random, faults, needed => needed - 1), seeds: 100_000);

    [Fact]
    public void Without_the_limit_on_inserts_while_a_batch_is_pending_it_fails() =>
        ShouldFail(ledger: (plan, faults) => new HasNoLimit(plan, faults), seeds: 20_000);

    private static void ShouldFail(
        Func<WorldPlan, FaultCounts, LedgerModel>? ledger = null,
        Func<WorldPlan, Randomness, FaultCounts, WarehouseModel>? warehouse = null,
        long seeds = 2_000)
    {
        var parts = new WorldParts(ledger ?? WorldParts.Sound.Ledger, warehouse ?? WorldParts.Sound.Warehouse);
        var range = new SeedRange(first: 1, seeds, Environment.ProcessorCount);
        range.Run(parts, _ => { });

        range.Failed.ShouldNotBeNull();
        TestContext.Current.TestOutputHelper?.WriteLine($"Failed after {range.Done} seeds, {range.Elapsed}: seed {range.Failed.Seed}: {range.Failed.Failure}");

        // What was taken away is the reason: the same world is right with it.
        SeedRun.Of(range.Failed.Seed, WorldParts.Sound).Failure.ShouldBeNull();
    }

    private sealed class ForgetsPositions(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
    {
        public override PartitionOwnership TakeOver(int partition)
        {
            var ownership = base.TakeOver(partition);
            return ownership with { Applied = ownership.Applied with { Position = Position.None } };
        }
    }

    private sealed class IgnoresFences(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
    {
        protected override bool IsOwner(PartitionRecord record, PartitionOwnership by) => true;
    }

    private sealed class RecordsNoIntent(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
    {
        public override Declaration Declare(PartitionOwnership by, PendingBatch batch) =>
            IsOwner(this[by.Partition]!, by) ? Declaration.Declared : Declaration.FencedOff;

        protected override bool IsPending(PartitionRecord record, AppliedBatch batch) => true;
    }

    private sealed class RecordsNoColumns(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
    {
        public override Declaration Declare(PartitionOwnership by, PendingBatch batch) => base.Declare(by, batch with { Columns = null });
    }

    private sealed class HasNoLimit(WorldPlan plan, FaultCounts faults) : LedgerModel(plan, faults)
    {
        protected override long InsertsWhilePending => long.MaxValue;
    }

    private sealed class RefusesNobody(WorldPlan plan, Randomness random, FaultCounts faults) : WarehouseModel(plan, random, faults)
    {
        protected override bool IsRefused(int partition, long fence) => false;
    }

    private sealed class KeepsNoRetractions(WorldPlan plan, Randomness random, FaultCounts faults) : WarehouseModel(plan, random, faults)
    {
        protected override LandedRow[] Kept(LandedRow[] rows) => Array.FindAll(rows, row => row.Sign == 1);
    }

    private sealed class Remembers(WorldPlan plan, Randomness random, FaultCounts faults, Func<int, int> window)
        : WarehouseModel(plan, random, faults, window(plan.Window));
}
