using Andi.Simulation.Ingestors;

namespace Andi.Simulation.Runs;

/// <summary>Chooses what happens next.</summary>
internal sealed class WorldSteps
{
    private static readonly int[] Delays = [1, 5, 20, 60, 200, 1_000, 12_000];

    private readonly World _world;
    private readonly (int Weight, Func<bool> Take)[] _faulty;
    private readonly (int Weight, Func<bool> Take)[] _quiet;
    private readonly List<IngestorProcess> _candidates = [];
    private readonly int _faultyWeight;
    private readonly int _quietWeight;

    public WorldSteps(World world)
    {
        _world = world;
        var plan = world.Plan;
        var relay = world.Relay;
        var ingestors = world.Ingestors;
        _quiet =
        [
            (24, relay.Send),
            (48, Deliver),
            (20, Step),
            (60, Continue),
            (120, world.Network.Go),
            (plan.LateWeight, world.Network.GoLate),
            (2, relay.SendStalled),
            (12, ingestors.Rebalance),
            (6, Wait),
            (6, Refresh),
        ];
        _faulty =
        [
            .. _quiet,
            (2, relay.Confirm),
            (plan.CrashWeight, relay.Crash),
            (5 * plan.FaultWeight, world.Network.Break),
            (plan.RebalanceWeight, ingestors.Reassign),
            (plan.CrashWeight, ingestors.Crash),
            (4, ingestors.Start),
            (plan.PauseWeight, ingestors.Pause),
            (2, ingestors.Resume),
            (plan.RebalanceWeight, ingestors.Leave),
            (1, world.Operator.HoldOrRelease),
            (1, world.Operator.ReplaySomething),
            (1, ChangeShape),
        ];
        _faultyWeight = _faulty.Sum(step => step.Weight);
        _quietWeight = _quiet.Sum(step => step.Weight);
    }

    public void Take()
    {
        var (steps, weight) = _world.IsFaulty ? (_faulty, _faultyWeight) : (_quiet, _quietWeight);
        while (!Choose(steps, weight)())
        {
            // Nothing of that kind can happen now.
        }
    }

    private Func<bool> Choose((int Weight, Func<bool> Take)[] steps, int weight)
    {
        var chosen = _world.Random.Below(weight);
        foreach (var step in steps)
        {
            chosen -= step.Weight;
            if (chosen < 0)
            {
                return step.Take;
            }
        }

        return Wait;
    }

    private bool Deliver()
    {
        if (Choose(process => !process.IsDraining && process.Consumer.Readable().Count > 0) is not { } process)
        {
            return false;
        }

        var partition = _world.Random.Pick(process.Consumer.Readable());
        _world.Schedule.Note($"i{process.Number} reads partition {partition}");
        process.Deliver(partition);
        return true;
    }

    private bool Step()
    {
        if (Choose(process => process.Consumer.Assigned.Count > 0) is not { } process)
        {
            return false;
        }

        _world.Schedule.Note($"i{process.Number} steps");
        process.TakeStep();
        return true;
    }

    private bool Continue()
    {
        if (Choose(process => process.Context.Waiting > 0) is not { } process)
        {
            return false;
        }

        _world.Schedule.Note($"i{process.Number} goes on");
        process.RunWaiting(_world.Random.Below(process.Context.Waiting));
        return true;
    }

    private bool Wait()
    {
        var delay = _world.Random.Pick(Delays);
        _world.Schedule.Note($"{delay} ms pass");
        _world.Time.Advance(TimeSpan.FromMilliseconds(delay));
        return true;
    }

    private bool Refresh()
    {
        if (Choose(_ => true) is not { } process || !process.Refresh())
        {
            return false;
        }

        _world.Schedule.Note($"i{process.Number} sees the new shape");
        return true;
    }

    private bool ChangeShape() => _world.Random.OneIn(8) && _world.Operator.ChangeShape();

    private IngestorProcess? Choose(Func<IngestorProcess, bool> can)
    {
        _candidates.Clear();
        foreach (var process in _world.Ingestors.Running)
        {
            if (process.IsRunnable && can(process))
            {
                _candidates.Add(process);
            }
        }

        return _candidates.Count == 0 ? null : _world.Random.Pick(_candidates);
    }
}
