using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Ingestors;

/// <summary>
/// Calls whose sender does nothing but wait. What others do until the answer is here, the schedule decides; one such call at a time is under way.
/// </summary>
internal sealed class BlockingCalls(World world)
{
    private bool _isUnderWay;

    public T Call<T>(IngestorProcess sender, string name, Func<T> effect)
    {
        var result = default(T)!;
        var outcome = world.IsFaulty ? world.Random.Below(24) : -1;
        GoOnMeanwhile(sender);
        if (outcome == 0)
        {
            Fail($"lost: {name}");
        }

        if (outcome == 1)
        {
            world.Network.SendAbandoned(name, sender.Context, effect);
            Fail($"given up, but still under way: {name}");
        }

        world.Schedule.Note($"executed: {name}");
        result = effect();
        GoOnMeanwhile(sender);
        if (outcome == 2)
        {
            Fail($"answer lost: {name}");
        }

        return result;
    }

    private void GoOnMeanwhile(IngestorProcess sender)
    {
        if (_isUnderWay || !world.Random.OneIn(4))
        {
            return;
        }

        _isUnderWay = true;
        var context = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(null);
            for (var step = world.Random.Between(1, 8); step > 0; step--)
            {
                world.TakeStep();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            _isUnderWay = false;
        }

        sender.ThrowIfGone();
    }

    private void Fail(string what)
    {
        world.Faults.Count(Fault.TakeOverFailed);
        world.Schedule.Note($"{what}");
        throw new SimulatedFault(what);
    }
}
