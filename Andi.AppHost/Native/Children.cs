using Andi.AppHost.Engines;
using Andi.AppHost.State;

namespace Andi.AppHost.Native;

/// <summary>The children of a topology: started and waited for, watched, stopped in order. Nothing is restarted.</summary>
internal sealed class Children(StateFolder state, Action<TopologyEvent> tell)
{
    private const int LinesShown = 20;

    private readonly Lock _lock = new();
    private readonly List<ChildProcess> _running = [];
    private readonly Dictionary<string, (ProcessDescription Description, string Detail)> _started = [];
    private readonly LeftoverProcesses _recorded = new(state);
    private readonly TaskCompletionSource<string> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a child ended that nobody stopped, with the text that says so.</summary>
    public Task<string> Died => _died.Task;

    /// <summary>Starts the process and returns when it is ready.</summary>
    /// <exception cref="TopologyException">It ended, or was not ready in time.</exception>
    public async Task StartAsync(ProcessDescription description, string detail, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        lock (_lock)
        {
            _started[description.Name] = (description, detail);
        }

        if (description.Prepare is { } prepare)
        {
            await prepare(cancellationToken);
        }

        var child = await SpawnAsync(description, ownTerminal: false, cancellationToken);
        _ = WatchAsync(child);
        await WaitUntilReadyAsync(child, description, cancellationToken);
        if (description.WhenReady is { } whenReady)
        {
            await whenReady(cancellationToken);
        }

        tell(new TopologyEvent.Done(description.Name, TimeProvider.System.GetElapsedTime(started), detail));
    }

    /// <summary>Runs a step to its end.</summary>
    /// <param name="step">The step; neither its probe nor <see cref="ProcessDescription.ReadyWithin"/> is used.</param>
    /// <param name="ownTerminal">Whether it writes to the host's terminal itself (a progress bar does) instead of to its log.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <exception cref="TopologyException">It failed.</exception>
    public async Task RunAsync(ProcessDescription step, bool ownTerminal, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var child = await SpawnAsync(step, ownTerminal, cancellationToken);
        try
        {
            await child.Exited.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await child.StopAsync();
            throw;
        }
        finally
        {
            Forget(child);
        }

        var exitCode = await child.Exited;
        if (exitCode != 0)
        {
            throw new TopologyException(Obituary(child, exitCode));
        }

        tell(new TopologyEvent.Done(step.Name, TimeProvider.System.GetElapsedTime(started), ""));
    }

    /// <summary>Stops group after group; the members of a group together.</summary>
    public async Task StopAsync(IEnumerable<string[]> groups)
    {
        foreach (var group in groups)
        {
            await Task.WhenAll(Running(group).Select(StopAsync));
        }

        _recorded.Clear();
    }

    /// <summary>Stops one child.</summary>
    public Task StopAsync(string name) => StopAsync(Find(name));

    /// <summary>Kills one child; returns once it is gone. That nobody else does counts as its death.</summary>
    public async Task KillAsync(string name)
    {
        var child = Find(name);
        child.Kill();
        await child.Exited;
        Forget(child);
    }

    /// <summary>Starts a child again that was stopped or killed, as it was started before.</summary>
    public Task StartAgainAsync(string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_started.TryGetValue(name, out var before) || _running.Exists(child => child.Name == name))
            {
                throw new InvalidOperationException($"{name} was never started, or still runs.");
            }

            return StartAsync(before.Description, before.Detail, cancellationToken);
        }
    }

    /// <summary>The running child of this name.</summary>
    public ChildProcess Find(string name) =>
        Running([name]) is [var child] ? child : throw new InvalidOperationException($"{name} does not run.");

    public void Kill()
    {
        foreach (var child in Running(null))
        {
            child.Kill();
        }
    }

    private async Task StopAsync(ChildProcess child)
    {
        var started = TimeProvider.System.GetTimestamp();
        var inTime = await child.StopAsync();
        tell(new TopologyEvent.Done(child.Name, TimeProvider.System.GetElapsedTime(started), inTime ? "stopped" : "did not stop in time and was killed"));
        Forget(child);
    }

    private async Task<ChildProcess> SpawnAsync(ProcessDescription description, bool ownTerminal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var severity = new LogSeverityReader();
        void Output(string line)
        {
            lock (severity)
            {
                tell(new TopologyEvent.Line(description.Name, severity.Read(line), line));
            }
        }

        var child = await ChildProcess.StartAsync(description, state.Logs, ownTerminal ? null : Output);
        lock (_lock)
        {
            _running.Add(child);
        }

        _recorded.Add(child.Name, child.Id);
        return child;
    }

    private static async Task WaitUntilReadyAsync(ChildProcess child, ProcessDescription description, CancellationToken cancellationToken)
    {
        var deadline = DateTime.UtcNow + description.ReadyWithin;
        while (true)
        {
            if (child.Exited.IsCompleted)
            {
                throw new TopologyException(Obituary(child, await child.Exited));
            }

            try
            {
                await description.Probe(cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is not TopologyException && !cancellationToken.IsCancellationRequested)
            {
                if (DateTime.UtcNow > deadline)
                {
                    throw new TopologyException(
                        $"{description.Name} was not ready within {description.ReadyWithin.TotalSeconds:0} s: {exception.Message} Its log: {child.Log.Path}", exception);
                }
            }

            await Task.WhenAny(child.Exited, Task.Delay(description.ProbeEvery, cancellationToken));
        }
    }

    private async Task WatchAsync(ChildProcess child)
    {
        var exitCode = await child.Exited;
        if (!child.IsStopping)
        {
            _died.TrySetResult(Obituary(child, exitCode));
        }
    }

    private static string Obituary(ChildProcess child, int exitCode)
    {
        var how = exitCode > 128 ? $"was ended by signal {exitCode - 128}" : $"ended with exit code {exitCode}";
        var lines = child.Log.Last(LinesShown).Select(line => $"\n    {line}");
        return $"{child.Name} {how}. Its last lines ({child.Log.Path}):{string.Concat(lines)}";
    }

    private void Forget(ChildProcess child)
    {
        lock (_lock)
        {
            _running.Remove(child);
        }

        child.Dispose();
    }

    private List<ChildProcess> Running(string[]? names)
    {
        lock (_lock)
        {
            return [.. _running.Where(child => names is null || names.Contains(child.Name))];
        }
    }
}
