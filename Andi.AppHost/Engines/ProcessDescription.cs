namespace Andi.AppHost.Engines;

/// <summary>
/// A process of the topology: how it is started, when it is ready, how it is stopped. Plain data that knows no host; the native host
/// spawns it, the Aspire host makes an executable resource of it.
/// </summary>
public sealed record ProcessDescription
{
    /// <summary>One of <see cref="Andi.Topology.ResourceNames"/>.</summary>
    public required string Name { get; init; }

    public required string Command { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Set over what the process inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: as the user of the host.</summary>
    public OtherUser? RunAs { get; init; }

    /// <summary>Done before each start: folders, configuration files, initialisation. Repeatable.</summary>
    public Func<CancellationToken, Task>? Prepare { get; init; }

    /// <summary>Asks one question in the process's own protocol. Throws, saying why, while it is not ready.</summary>
    public required Func<CancellationToken, Task> Probe { get; init; }

    /// <summary>Done once the probe succeeded and before anything that needs this process starts. Repeatable.</summary>
    public Func<CancellationToken, Task>? WhenReady { get; init; }

    /// <summary>How long the probe may fail after the start.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long to wait between two probes.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    public StopSignal StopSignal { get; init; } = StopSignal.Terminate;

    /// <summary>How long the process may take to end after its <see cref="StopSignal"/>; then it is killed.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The whole command line, wrapped in <c>setpriv</c> where another user, or a signal at the death of the thread that spawns, is asked for.
    /// Both in one call: a change of user clears the signal.
    /// </summary>
    public IReadOnlyList<string> CommandLine(bool signalWhenHostDies)
    {
        List<string> privileges = [];
        if (RunAs is { } user)
        {
            privileges.AddRange([$"--reuid={user.UserId}", $"--regid={user.GroupId}", "--clear-groups"]);
        }

        if (signalWhenHostDies)
        {
            privileges.Add($"--pdeathsig={StopSignal.Name}");
        }

        return privileges.Count == 0 ? [Command, .. Arguments] : ["setpriv", .. privileges, "--", Command, .. Arguments];
    }
}
