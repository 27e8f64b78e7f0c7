using Andi.Simulation.Runs;

namespace Andi.Simulation.Ingestors;

/// <summary>Who is to have which partition. The members learn of it one by one and late: until then a partition is at two of them, or at none.</summary>
/// <param name="world">Of the group.</param>
/// <param name="running">The ingestors that have not ended, as they are at any moment.</param>
internal sealed class GroupCoordinator(World world, List<IngestorProcess> running)
{
    private readonly IngestorProcess?[] _owners = new IngestorProcess?[world.Plan.Partitions];

    /// <summary>Gives away what belongs to nobody, or to one who is about to end, stopped or gone.</summary>
    public void AssignAll()
    {
        var members = Members();
        for (var partition = 0; partition < _owners.Length; partition++)
        {
            if (_owners[partition] is not { } owner || !members.Contains(owner))
            {
                _owners[partition] = members.Count == 0 ? null : world.Random.Pick(members);
            }
        }
    }

    /// <summary>Some partition is to go to somebody else.</summary>
    public bool Reassign()
    {
        if (Members() is not { Count: > 0 } members)
        {
            return false;
        }

        var partition = world.Random.Below(_owners.Length);
        var to = world.Random.Pick(members);
        if (_owners[partition] == to)
        {
            // Taken away and given again, as an eager rebalance does.
            return world.Random.OneIn(3) && to.IsRunnable && to.Consumer.Assigned.Contains(partition) && Release(to, partition);
        }

        world.Faults.Count(Fault.Rebalanced);
        world.Schedule.Note($"partition {partition} is to go to i{to.Number}");
        _owners[partition] = to;
        return true;
    }

    /// <summary>The ingestor learns that it has lost or got a partition.</summary>
    public bool Rebalance(IngestorProcess ingestor)
    {
        var first = world.Random.Below(_owners.Length);
        for (var tried = 0; tried < _owners.Length; tried++)
        {
            var partition = (first + tried) % _owners.Length;
            var (has, shouldHave) = (ingestor.Consumer.Assigned.Contains(partition), _owners[partition] == ingestor);
            if (has != shouldHave)
            {
                return has ? Release(ingestor, partition) : Assign(ingestor, partition);
            }
        }

        return false;
    }

    public List<IngestorProcess> Members() => running.FindAll(process => process is { IsDraining: false, IsPaused: false });

    private bool Assign(IngestorProcess process, int partition)
    {
        if (running.Exists(other => other != process && other.Consumer.Assigned.Contains(partition)))
        {
            world.Faults.Count(Fault.PartitionAtTwoIngestors);
        }

        world.Schedule.Note($"i{process.Number} gets partition {partition}");
        process.Assign(partition);
        return true;
    }

    private bool Release(IngestorProcess process, int partition)
    {
        world.Schedule.Note($"i{process.Number} lets partition {partition} go");
        process.Release(partition);
        return true;
    }
}
