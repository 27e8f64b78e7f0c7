using Andi.Simulation.Runs;

namespace Andi.Simulation.Ingestors;

/// <summary>
/// The ingestors of a world, and who of them is to have which partition. They learn of it one by one and late: until then the same partition is at two.
/// </summary>
internal sealed class IngestorGroup
{
    private readonly World _world;
    private readonly List<IngestorProcess> _running = [];
    private readonly IngestorProcess?[] _owners;
    private int _started;

    public IngestorGroup(World world)
    {
        _world = world;
        _owners = new IngestorProcess?[world.Plan.Partitions];
        for (var ingestor = 0; ingestor < world.Plan.Ingestors; ingestor++)
        {
            Launch();
        }

        AssignAll();
    }

    /// <summary>Those that have not ended, paused ones included.</summary>
    public IReadOnlyList<IngestorProcess> Running => _running;

    /// <summary>Some partition is to go to somebody else.</summary>
    public bool Reassign()
    {
        if (Members() is not { Count: > 0 } members)
        {
            return false;
        }

        var partition = _world.Random.Below(_owners.Length);
        var to = _world.Random.Pick(members);
        if (_owners[partition] == to && !_world.Random.OneIn(3))
        {
            return false;
        }

        if (_owners[partition] == to)
        {
            // Taken away and given again, as an eager rebalance does.
            return to.IsRunnable && to.Consumer.Assigned.Contains(partition) && Release(to, partition);
        }

        _world.Faults.Count(Fault.Rebalanced);
        _world.Schedule.Note($"partition {partition} is to go to i{to.Number}");
        _owners[partition] = to;
        return true;
    }

    /// <summary>Some ingestor learns that it has lost or got a partition.</summary>
    public bool Rebalance()
    {
        if (_running.Count == 0 || _world.Random.Pick(_running) is not { IsRunnable: true } ingestor)
        {
            return false;
        }

        if (ingestor.IsDraining)
        {
            return EndIfDrained(ingestor);
        }

        var first = _world.Random.Below(_owners.Length);
        for (var tried = 0; tried < _owners.Length; tried++)
        {
            var partition = (first + tried) % _owners.Length;
            var (has, shouldHave) = (ingestor.Consumer.Assigned.Contains(partition), _owners[partition] == ingestor);
            if (has && !shouldHave)
            {
                return Release(ingestor, partition);
            }

            if (shouldHave && !has)
            {
                Assign(ingestor, partition);
                return true;
            }
        }

        return false;
    }

    public bool Start()
    {
        if (_running.Count >= _world.Plan.Ingestors)
        {
            return false;
        }

        var process = Launch();
        _world.Schedule.Note($"i{process.Number} starts");
        AssignAll();
        return true;
    }

    public bool Crash()
    {
        if (_running.Count == 0)
        {
            return false;
        }

        var process = _world.Random.Pick(_running);
        _world.Faults.Count(Fault.IngestorCrashed);
        if (process.Consumer.Assigned.Any(HasInsertedPending))
        {
            _world.Faults.Count(Fault.IngestorCrashedBetweenInsertAndApply);
        }

        _world.Schedule.Note($"i{process.Number} crashes");
        End(process);
        return true;
    }

    public bool Pause()
    {
        if (_running.Count == 0 || _world.Random.Pick(_running) is not { IsRunnable: true } process)
        {
            return false;
        }

        _world.Faults.Count(Fault.IngestorPaused);
        _world.Schedule.Note($"i{process.Number} is stopped");
        process.IsPaused = true;
        if (_world.Random.OneIn(2))
        {
            // Stopped for longer than the session timeout.
            AssignAll();
        }

        return true;
    }

    public bool Resume()
    {
        if (_running.Count == 0 || _world.Random.Pick(_running) is not { IsPaused: true } process)
        {
            return false;
        }

        _world.Schedule.Note($"i{process.Number} goes on");
        process.IsPaused = false;
        return true;
    }

    public bool Leave()
    {
        if (_running.Count == 0 || _world.Random.Pick(_running) is not { IsRunnable: true, IsDraining: false } process)
        {
            return false;
        }

        _world.Faults.Count(Fault.IngestorLeft);
        _world.Schedule.Note($"i{process.Number} is to end");
        process.IsDraining = true;
        return true;
    }

    /// <summary>Faults are over: all that are stopped go on, all that are to end do, and somebody is there for each partition.</summary>
    public void Settle()
    {
        _running.ForEach(process => process.IsPaused = false);
        if (Members().Count == 0)
        {
            Launch();
        }

        AssignAll();
    }

    private List<IngestorProcess> Members() => _running.FindAll(process => process is { IsDraining: false, IsPaused: false });

    private IngestorProcess Launch()
    {
        var process = new IngestorProcess(_world, ++_started);
        _running.Add(process);
        return process;
    }

    private void Assign(IngestorProcess process, int partition)
    {
        if (_running.Exists(other => other != process && other.Consumer.Assigned.Contains(partition)))
        {
            _world.Faults.Count(Fault.PartitionAtTwoIngestors);
        }

        _world.Schedule.Note($"i{process.Number} gets partition {partition}");
        process.Assign(partition);
    }

    private bool Release(IngestorProcess process, int partition)
    {
        _world.Schedule.Note($"i{process.Number} lets partition {partition} go");
        process.Release(partition);
        return true;
    }

    // IngestLoop closes its consumer only when all is drained, or it has waited long enough.
    private bool EndIfDrained(IngestorProcess process)
    {
        if (!process.IsDrained && !_world.Random.OneIn(20))
        {
            return false;
        }

        _world.Schedule.Note($"i{process.Number} ends, drained: {process.IsDrained}");
        End(process);
        return true;
    }

    private void End(IngestorProcess process)
    {
        process.Crash();
        _running.Remove(process);
        AssignAll();
    }

    private void AssignAll()
    {
        var members = Members();
        for (var partition = 0; partition < _owners.Length; partition++)
        {
            if (_owners[partition] is not { } owner || !members.Contains(owner))
            {
                _owners[partition] = members.Count == 0 ? null : _world.Random.Pick(members);
            }
        }
    }

    private bool HasInsertedPending(int partition) =>
        _world.Ledger[partition] is { Pending: { } pending }
        && _world.Warehouse.Landed.Any(row => row.Partition == partition && row.Offset >= pending.Range.First);
}
