using Andi.Simulation.Ledger;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Warehouse;

namespace Andi.UnitTests.Simulation;

/// <summary>Takes one thing away that the protocol leans on, and sees the simulation find out.</summary>
public sealed class ProofOfTheProofTests
{
    /// <summary>Each is found within about a hundred.</summary>
    private const int MaxSeeds = 3_000;

    [Fact]
    public void Without_the_position_filter_it_fails() => FailsWhere(Fault.DuplicateDropped, ledger: (plan, faults) => new ForgetsPositions(plan, faults));

    [Fact]
    public void Without_fences_in_the_ledger_it_fails() => FailsWhere(Fault.FencedOff, ledger: (plan, faults) => new IgnoresFences(plan, faults));

    [Fact]
    public void Without_fences_in_the_warehouse_it_fails() =>
        FailsWhere(Fault.ZombieInsertRefused, warehouse: (plan, random, faults) => new RefusesNobody(plan, random, faults));

    [Fact]
    public void Without_the_intent_it_fails() => FailsWhere(Fault.PendingBatchTakenOver, ledger: (plan, faults) => new ForgetsTheIntent(plan, faults));

    [Fact]
    public void Without_the_columns_of_the_intent_it_fails() => FailsWhere(Fault.ShapeChanged, ledger: (plan, faults) => new ForgetsTheColumns(plan, faults));

    [Fact]
    public void Without_retractions_it_fails() => FailsWhere(null, warehouse: (plan, random, faults) => new KeepsNoRetractions(plan, random, faults));

    [Fact]
    public void Without_deduplication_it_fails() =>
        FailsWhere(Fault.InsertDeduplicated, warehouse: (plan, random, faults) => new Remembers(plan, random, faults, _ => 0));

    [Fact]
    public void With_deduplication_in_the_landing_table_only_it_fails() =>
        FailsWhere(Fault.InsertDeduplicated, warehouse: (plan, random, faults) => new ForgetsTokensInViews(plan, random, faults));

    [Fact]
    public void With_a_window_that_is_one_token_too_small_it_fails() =>
        FailsWhere(Fault.InsertDeduplicated, warehouse: (plan, random, faults) => new Remembers(plan, random, faults, needed => needed - 1));

    [Fact]
    public void Without_the_limit_on_inserts_while_a_batch_is_pending_it_fails() =>
        FailsWhere(Fault.BatchHeldByLimit, ledger: (plan, faults) => new HasNoLimit(plan, faults));

    [Fact]
    public void With_truncations_that_take_back_only_what_is_newest_of_each_key_it_fails() =>
        FailsWhere(Fault.PartitionTruncated, warehouse: (plan, random, faults) => new RetractsTheNewest(plan, random, faults));

    [Fact]
    public void With_dead_letters_that_outlive_a_truncation_of_their_own_batch_it_fails() =>
        FailsWhere(Fault.DeadLetterSettledByTruncation, ledger: (plan, faults) => new SettlesEarlierBatchesOnly(plan, faults));

    /// <param name="missed">What happens in the same world with the sound part: where it is the part that makes it happen, or copes with it.</param>
    /// <param name="ledger">A broken one.</param>
    /// <param name="warehouse">A broken one.</param>
    private static void FailsWhere(
        Fault? missed, Func<WorldPlan, FaultCounts, LedgerModel>? ledger = null, Func<WorldPlan, Randomness, FaultCounts, WarehouseModel>? warehouse = null)
    {
        var broken = new WorldParts(ledger ?? WorldParts.Sound.Ledger, warehouse ?? WorldParts.Sound.Warehouse);
        var range = new SeedRange(first: 1, MaxSeeds, threads: 1);
        range.Run(broken, _ => { });

        range.Failed.ShouldNotBeNull();
        TestContext.Current.TestOutputHelper?.WriteLine($"After {range.Done} seeds, {range.Elapsed}: seed {range.Failed.Seed}: {range.Failed.Failure}");

        // What was taken away is the reason: the same world is right with it.
        var sound = SeedRun.Of(range.Failed.Seed, WorldParts.Sound);
        sound.Failure.ShouldBeNull();
        if (missed is { } fault)
        {
            sound.Faults[fault].ShouldBePositive();
        }
    }
}
