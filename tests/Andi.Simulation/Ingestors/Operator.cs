using Andi.ChangeEvents;
using Andi.Simulation.Kafka;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Source;
using Andi.Simulation.Warehouse;

namespace Andi.Simulation.Ingestors;

/// <summary>The people who run Andi: hold ingest for a while, migrate the warehouse, replay dead letters, some of them twice.</summary>
internal sealed class Operator(World world)
{
    public bool HoldOrRelease()
    {
        world.Ledger.IsHeld = !world.Ledger.IsHeld && world.Random.OneIn(2);
        world.Schedule.Note($"ingest is {(world.Ledger.IsHeld ? "held" : "free")}");
        return true;
    }

    public bool ChangeShape()
    {
        if (!(world.Plan.HasTooWideRows || world.Plan.HasRefusedRows) || world.Warehouse.Shape == LandingShape.Wide)
        {
            return false;
        }

        world.Faults.Count(Fault.ShapeChanged);
        world.Schedule.Note($"the landing table's shape changes");
        world.Warehouse.Shape = LandingShape.Wide;
        return true;
    }

    /// <summary>Replays some dead letter, whatever has become of it.</summary>
    public bool ReplaySomething()
    {
        if (world.DeadLetters.Letters.Count == 0)
        {
            return false;
        }

        var (partition, offset) = world.DeadLetters.Letters.Keys.ElementAt(world.Random.Below(world.DeadLetters.Letters.Count));
        return Replay(partition, offset);
    }

    /// <summary>Replays what is outstanding and would fit now. False where there is nothing.</summary>
    public bool ReplayOutstanding()
    {
        var hasReplayed = false;
        for (var partition = 0; partition < world.Plan.Partitions; partition++)
        {
            foreach (var (offset, isReplayed) in world.Ledger[partition]?.DeadLetters ?? [])
            {
                if (!isReplayed && world.Log[partition][(int)offset].Source is { Form: MessageForm.Unfit })
                {
                    hasReplayed |= Replay(partition, offset);
                }
            }
        }

        return hasReplayed;
    }

    private bool Replay(int partition, long offset)
    {
        if (!world.DeadLetters.Letters.TryGetValue((partition, offset), out var letter))
        {
            throw new SimulationFailure($"The ledger knows a dead letter at {partition}@{offset}; the topic does not have it.");
        }

        if (letter.Value is not { } value)
        {
            return false;
        }

        if (world.Ledger[partition]?.DeadLetters.GetValueOrDefault(offset) == true)
        {
            world.Faults.Count(Fault.ReplayOfSettledDropped);
        }

        var at = world.Log.Append(partition, new LogEntry(new ReplayMessage(offset, value).ToBytes(), null, offset));
        world.Schedule.Note($"replay of {partition}@{offset} at {at}");
        return true;
    }
}
