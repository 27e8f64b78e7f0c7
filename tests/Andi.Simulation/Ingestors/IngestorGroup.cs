using Andi.Simulation.Runs;

namespace Andi.Simulation.Ingestors;

/// <summary>The ingestors of a world: they start, crash, are stopped and go on, leave, and share the partitions among them.</summary>
internal sealed class IngestorGroup
{
    private readonly World _world;
    private readonly List<IngestorProcess> _running = [];
    private readonly GroupCoordinator _coordinator;
    private int _started;

    public IngestorGroup(World world)
    {
        _world = world;
        _coordinator = new GroupCoordinator(world, _running);
        for (var ingestor = 0; ingestor < world.Plan.Ingestors; ingestor++)
        {
            Launch();
        }

        _coordinator.AssignAll();
    }

    /// <summary>Those that have not ended, paused ones included.</summary>
    public IReadOnlyList<IngestorProcess> Running => _running;

    /// <summary>Some partition is to go to somebody else.</summary>
    public bool Reassign() => _coordinator.Reassign();

    /// <summary>Some ingestor learns that it has lost or got a partition, or ends if it was about to.</summary>
    public bool Rebalance()
    {
        if (_running.Count == 0 || _world.Random.Pick(_running) is not { IsRunnable: true } process)
        {
            return false;
        }

        return process.IsDraining ? EndIfDrained(process) : _coordinator.Rebalance(process);
    }

    public bool Start()
    {
        if (_running.Count >= _world.Plan.Ingestors)
        {
            return false;
        }

        var process = Launch();
        _world.Schedule.Note($"i{process.Number} starts");
        _coordinator.AssignAll();
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
            // For longer than the session timeout.
            _coordinator.AssignAll();
        }

        return true;
    }

    public bool Resume()
    {
        if (_running.Count == 0 || _world.Random.Pick(_running) is not { IsPaused: true } process)
        {
            return false;
        }

        _world.Schedule.Note($"i{process.Number} wakes up");
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
        if (_coordinator.Members().Count == 0)
        {
            Launch();
        }

        _coordinator.AssignAll();
    }

    private IngestorProcess Launch()
    {
        var process = new IngestorProcess(_world, ++_started);
        _running.Add(process);
        return process;
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
        _coordinator.AssignAll();
    }

    private bool HasInsertedPending(int partition) =>
        _world.Ledger[partition] is { Pending: { } pending }
        && _world.Warehouse.Landed.Any(row => row.Partition == partition && row.Offset >= pending.Range.First);
}
