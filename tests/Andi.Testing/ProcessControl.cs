using System.Collections.Concurrent;
using System.Globalization;
using Andi.AppHost.Lifecycle;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Andi.Testing;

/// <summary>
/// Power over single processes of a running topology, for tests of what happens when one dies, hangs or comes back. Names are those of
/// <see cref="Andi.Topology.ResourceNames"/>; what ends here does not count as <see cref="RunningAndi.Died"/>.
/// </summary>
public sealed class ProcessControl
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly DistributedApplication _application;
    private readonly ConcurrentDictionary<string, bool> _ended = new();
    private readonly ConcurrentDictionary<string, int> _paused = new();

    internal ProcessControl(DistributedApplication application, FailFast failFast)
    {
        _application = application;
        failFast.Tolerates = _ended.ContainsKey;
    }

    /// <summary>The process id, to measure it by.</summary>
    public int IdOf(string name) =>
        Find(name).Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } id
            ? Convert.ToInt32(id, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{name} does not run.");

    /// <summary>SIGKILL to the process and everything it started; returns once Aspire knows that it is gone.</summary>
    public async Task KillAsync(string name)
    {
        _ended[name] = true;
        ProcessTree.Kill(IdOf(name));
        await EndedAsync(name);
    }

    /// <summary>Asks it to stop; Aspire kills it where it does not in time. Returns once it is gone.</summary>
    public async Task StopAsync(string name)
    {
        _ended[name] = true;
        Continue(name);
        await CommandAsync(name, KnownResourceCommands.StopCommand, CancellationToken.None);
        await EndedAsync(name);
    }

    /// <summary>Starts a killed or stopped process again, same port and data; returns when it is healthy.</summary>
    public async Task StartAsync(string name, CancellationToken cancellationToken)
    {
        await CommandAsync(name, KnownResourceCommands.StartCommand, cancellationToken);
        // Whatever comes in between: news of the end of the process before may arrive after the start.
        await _application.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.WaitOnResourceUnavailable, cancellationToken)
            .WaitAsync(Timeout, cancellationToken);
        _ended.TryRemove(name, out _);
    }

    /// <summary>SIGSTOP to the process and everything it started.</summary>
    public void Pause(string name)
    {
        var root = IdOf(name);
        _paused[name] = root;
        ProcessTree.Suspend(root);
    }

    /// <summary>SIGCONT to what was paused.</summary>
    public void Continue(string name)
    {
        if (_paused.TryRemove(name, out var root))
        {
            ProcessTree.Resume(root);
        }
    }

    private ResourceEvent Find(string name) =>
        _application.ResourceNotifications.TryGetCurrentState(name, out var state)
            ? state
            : throw new InvalidOperationException($"There is no resource '{name}'.");

    private async Task CommandAsync(string name, string command, CancellationToken cancellationToken)
    {
        var result = await _application.ResourceCommands.ExecuteCommandAsync(name, command, cancellationToken).WaitAsync(Timeout, cancellationToken);
        if (!result.Success)
        {
            throw new InvalidOperationException($"The command '{command}' of {name} failed: {result.Message}");
        }
    }

    private Task<ResourceEvent> EndedAsync(string name) =>
        _application.ResourceNotifications.WaitForResourceAsync(name, resource => KnownResourceStates.TerminalStates.Contains(resource.Snapshot.State?.Text))
            .WaitAsync(Timeout);
}
