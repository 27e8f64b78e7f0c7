using Andi.Simulation.Runs;

namespace Andi.Simulation.Scheduling;

/// <summary>All requests that are under way, between all processes and all stores.</summary>
internal sealed class Network(Randomness random, Schedule schedule, FaultCounts faults)
{
    private readonly List<Request> _awaited = [];
    private readonly List<Request> _abandoned = [];

    public bool IsIdle => _awaited.Count == 0 && _abandoned.Count == 0;

    public Task<T> Send<T>(string name, ProcessContext sender, Func<T> effect)
    {
        var request = new Request<T>(name, sender, effect);
        _awaited.Add(request);
        return request.Completion;
    }

    /// <summary>A request whose sender has given it up already.</summary>
    public void SendAbandoned<T>(string name, ProcessContext sender, Func<T> effect) =>
        _abandoned.Add(new Request<T>(name, sender, effect) { IsAbandoned = true });

    /// <summary>Executes some request, or answers it if it has been executed.</summary>
    public bool Go()
    {
        if (_awaited.Count == 0)
        {
            return false;
        }

        var index = random.Below(_awaited.Count);
        var request = _awaited[index];
        if (!request.IsExecuted)
        {
            schedule.Note($"executed: {request.Name}");
            request.Execute();
            return true;
        }

        schedule.Note($"answered: {request.Name}");
        _awaited.RemoveAt(index);
        request.Answer();
        return true;
    }

    /// <summary>Some request fails for its sender. Executed or not it may have been before, or may be later, or never.</summary>
    public bool Break()
    {
        if (_awaited.Count == 0)
        {
            return false;
        }

        var index = random.Below(_awaited.Count);
        var request = _awaited[index];
        _awaited.RemoveAt(index);
        if (request.IsExecuted)
        {
            faults.Count(Fault.AnswerLost);
            schedule.Note($"answer lost: {request.Name}");
        }
        else if (random.OneIn(2))
        {
            faults.Count(Fault.RequestLost);
            schedule.Note($"lost: {request.Name}");
        }
        else
        {
            Abandon(request);
            schedule.Note($"given up, but still under way: {request.Name}");
        }

        request.Fail(new SimulatedFault($"No answer: {request.Name}"));
        return true;
    }

    /// <summary>A request that its sender gave up long ago arrives.</summary>
    public bool GoLate()
    {
        if (_abandoned.Count == 0)
        {
            return false;
        }

        var index = random.Below(_abandoned.Count);
        var request = _abandoned[index];
        _abandoned.RemoveAt(index);
        faults.Count(Fault.RequestExecutedLate);
        schedule.Note($"executed late: {request.Name}");
        request.Execute();
        return true;
    }

    /// <summary>The sender is gone. What it sent may arrive all the same.</summary>
    public void AbandonAllOf(ProcessContext sender)
    {
        for (var index = _awaited.Count - 1; index >= 0; index--)
        {
            if (_awaited[index].Sender == sender)
            {
                if (!_awaited[index].IsExecuted && !random.OneIn(3))
                {
                    Abandon(_awaited[index]);
                }

                _awaited.RemoveAt(index);
            }
        }
    }

    private void Abandon(Request request)
    {
        request.IsAbandoned = true;
        _abandoned.Add(request);
    }
}
