using Andi.Simulation.Runs;

namespace Andi.Simulation.Checks;

/// <summary>
/// A reader who looks at any moment: of a partition whose applied position is P it must see all changes up to P, exactly; and what is derived from the
/// landing table must agree where no batch is under way.
/// </summary>
internal sealed class ReaderCheck(World world)
{
    private readonly HashSet<string> _ignored = [];

    public void Look()
    {
        var partition = world.Random.Below(world.Plan.Partitions);
        if (world.Ledger[partition] is not { } record)
        {
            return;
        }

        _ignored.Clear();
        foreach (var (offset, isReplayed) in record.DeadLetters)
        {
            if (!isReplayed && world.Log[partition][(int)offset].Source?.Id is { } key)
            {
                _ignored.Add(key);
            }
        }

        if (record.Applied.IsInSnapshot)
        {
            return;
        }

        var state = SourceState.At(world, partition, record.Applied.Position);
        Differences.OfLanded(world, partition, state, _ignored);
        if (record.Pending is null)
        {
            Differences.OfFacts(world, partition, state, _ignored);
            if (_ignored.Count == 0)
            {
                Differences.OfAggregate(world, partition, state);
            }
        }
    }
}
