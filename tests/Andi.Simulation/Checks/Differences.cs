using System.Runtime.CompilerServices;
using Andi.ChangeEvents;
using Andi.Simulation.Runs;
using Andi.Simulation.Source;
using Andi.Simulation.Warehouse;

namespace Andi.Simulation.Checks;

/// <summary>
/// Compares what the warehouse holds of one partition with the source. Each throws <see cref="Scheduling.SimulationFailure"/> with the difference.
/// </summary>
internal static class Differences
{
    /// <summary>Rows that stand in the landing table at or below the state's position: of each key the sums, and the newest.</summary>
    /// <param name="world">Where.</param>
    /// <param name="partition">Of the topic.</param>
    /// <param name="state">What should stand.</param>
    /// <param name="ignored">Keys with a change among the outstanding dead letters.</param>
    public static void OfLanded(World world, int partition, SourceState state, HashSet<string> ignored)
    {
        var applied = world.Ledger[partition]!.Applied.Offset;
        var sums = new Dictionary<string, (int Count, long Amount, long Groups, LandedRow Newest)>();
        foreach (var row in world.Warehouse.Landed)
        {
            // A row that a truncation adds at position 0 counts with the truncation: who reads the past by position looks while no batch is pending.
            if (row.Partition == partition && row.Position <= state.Position && (row.Position != Position.None || row.Offset <= applied))
            {
                var sum = sums.GetValueOrDefault(row.Row.Id);
                var newest = sum.Newest.Row.Id is null || row.Version > sum.Newest.Version ? row : sum.Newest;
                sums[row.Row.Id] = (
                    sum.Count + row.Sign, sum.Amount + (row.Sign * row.Row.Amount), sum.Groups + (row.Sign * row.Row.Group), newest);
            }
        }

        foreach (var key in sums.Keys.Union(state.Rows.Keys))
        {
            if (!ignored.Contains(key))
            {
                var (count, amount, groups, newest) = sums.GetValueOrDefault(key);
                var stands = state.Rows.TryGetValue(key, out var row);
                var isRight = stands
                    ? (count, amount, groups, newest.Sign, newest.Row) == (1, row.Amount, row.Group, 1, row)
                    : (count, amount, groups) == (0, 0, 0) && newest.Sign != 1;
                Check(
                isRight,
                world,
                partition,
                $"key {key} is landed {count} times, amount {amount}, newest {newest}; the source has {(stands ? row.ToString() : "none")}");
            }
        }
    }

    public static void OfFacts(World world, int partition, SourceState state, HashSet<string> ignored)
    {
        var found = 0;
        foreach (var (place, fact) in world.Warehouse.Facts)
        {
            if (place.Partition == partition && fact.Sign == 1 && !ignored.Contains(place.Id))
            {
                found++;
                Check(state.Rows.TryGetValue(place.Id, out var row) && row == fact.Row, world, partition, $"facts have {fact}; the source has {row}");
            }
        }

        var expected = state.Rows.Keys.Count(key => !ignored.Contains(key));
        Check(found == expected, world, partition, $"facts have {found} rows, the source {expected}");
    }

    public static void OfAggregate(World world, int partition, SourceState state)
    {
        var expected = state.Aggregate();
        for (var group = 0; group < SourceHistory.Groups; group++)
        {
            var found = world.Warehouse.Aggregate.GetValueOrDefault((partition, group));
            var right = expected.GetValueOrDefault(group);
            Check(found == right, world, partition, $"group {group} of the aggregate has (count, sum) {found}, the source {right}");
        }
    }

    private static void Check(
        bool isRight, World world, int partition, [InterpolatedStringHandlerArgument(nameof(isRight))] ref Difference difference)
    {
        if (!isRight)
        {
            throw new Scheduling.SimulationFailure($"Partition {partition} at {world.Ledger[partition]?.Applied}: {difference.Text}");
        }
    }
}
