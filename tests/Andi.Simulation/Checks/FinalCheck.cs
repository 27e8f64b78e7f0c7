using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Checks;

/// <summary>The world is at rest: everything must be exactly right, and every offset accounted for exactly once.</summary>
internal static class FinalCheck
{
    public static void Run(World world)
    {
        for (var partition = 0; partition < world.Plan.Partitions; partition++)
        {
            if (world.Ledger[partition] is not { } record)
            {
                throw new SimulationFailure($"Nobody ever took partition {partition} over.");
            }

            var last = new OffsetAudit(world, partition, record).Run();
            if (record.Applied.Position != last)
            {
                throw new SimulationFailure($"Partition {partition} is applied at {record.Applied}, its last position is {last}.");
            }

            var state = SourceState.At(world, partition, last);
            Differences.OfLanded(world, partition, state, []);
            Differences.OfFacts(world, partition, state, []);
            Differences.OfAggregate(world, partition, state);
        }
    }
}
