using Andi.Simulation.Runs;

namespace Andi.UnitTests.Simulation;

public sealed class SimulationTests
{
    [Fact]
    public void Same_seed_gives_the_same_schedule()
    {
        for (ulong seed = 1; seed <= 25; seed++)
        {
            var first = SeedRun.Of(seed, WorldParts.Sound, isRecorded: true);
            var second = SeedRun.Of(seed, WorldParts.Sound, isRecorded: true);
            second.Lines.ShouldBe(first.Lines);
            first.Lines.Count.ShouldBeGreaterThan(100);

            // Nobody looking changes nothing.
            SeedRun.Of(seed, WorldParts.Sound).Steps.ShouldBe(first.Steps);
        }
    }

    [Fact]
    public void Every_kind_of_fault_really_happens_and_all_is_right_in_the_end()
    {
        var range = new SeedRange(first: 1_000, count: 1_500, Environment.ProcessorCount);
        range.Run(WorldParts.Sound, _ => { });

        range.Failed?.Failure.ShouldBeNull($"seed {range.Failed.Seed}");
        range.Done.ShouldBe(1_500);
        Enum.GetValues<Fault>().Where(fault => range.Faults[fault] == 0).ShouldBeEmpty();
    }
}
