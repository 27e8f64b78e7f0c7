using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Native;

/// <summary>
/// The whole topology, or its stores alone, as plain processes. Usable from tests: <see cref="StartAsync"/> returns when all is healthy,
/// disposing stops all in order.
/// </summary>
public sealed class NativeTopology : IAsyncDisposable
{
    private readonly NativeTopologyOptions _options;
    private readonly StateFolder _state;
    private readonly IDisposable _lock;
    private readonly Children _children;
    private readonly SemaphoreSlim _stopping = new(1);
    private NativePlan? _plan;
    private bool _stopped;

    private NativeTopology(NativeTopologyOptions options)
    {
        _options = options;
        _state = new StateFolder(options.StateFolder);
        _lock = _state.Lock();
        _children = new Children(_state, options.Tell);
        Processes = new ProcessControl(_children);
        options.Abort.Register(_children.Kill);
    }

    /// <summary>Addresses, connection strings and the admin token; the content of run.json.</summary>
    public RunFile Run => Plan.RunFile;

    /// <summary>Completes when a child ended that nobody stopped: which, how, and its last lines.</summary>
    public Task<string> Died => _children.Died;

    public string StateRoot => _state.Root;

    /// <summary>For tests: kills, pauses and restarts single processes.</summary>
    public ProcessControl Processes { get; }

    /// <summary>The address of every service process, by its name.</summary>
    public IReadOnlyDictionary<string, string> ServiceUrls => Plan.Services.All().ToDictionary(service => service.Process.Name, service => service.Url);

    private NativePlan Plan => _plan ?? throw new InvalidOperationException("The topology has not started.");

    /// <summary>Starts everything and returns once it is healthy. On failure, and when cancelled, what was started is stopped first.</summary>
    /// <exception cref="TopologyException">Something is missing, taken or died; the message says what and how to cure it.</exception>
    public static async Task<NativeTopology> StartAsync(NativeTopologyOptions options, CancellationToken cancellationToken)
    {
        var topology = new NativeTopology(options);
        try
        {
            await topology.StartAsync(cancellationToken);
            return topology;
        }
        catch
        {
            await topology.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fills the stores with a deterministic data set (<c>Andi.Cli seed</c>), which shows its progress on the host's own terminal.</summary>
    public Task SeedAsync(int students, CancellationToken cancellationToken) =>
        UntilAChildDiesAsync(token => _children.RunAsync(Plan.Services.Seed(students), ownTerminal: true, token), cancellationToken);

    /// <summary>Stops all in order; within bounded time, as what does not stop is killed. Repeatable.</summary>
    public async Task StopAsync()
    {
        await _stopping.WaitAsync();
        try
        {
            if (!_stopped)
            {
                File.Delete(_state.RunFile);
                string[] services = _plan is null ? [] : [.. ServiceUrls.Keys];
                await _children.StopAsync(
                [
                    services,
                    [ResourceNames.KafkaBroker],
                    [ResourceNames.ZooKeeper],
                    [ResourceNames.Postgres],
                    [ResourceNames.ClickHouse],
                    [ResourceNames.Dashboard],
                ]);
                _stopped = true;
            }
        }
        finally
        {
            _stopping.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _lock.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        File.Delete(_state.RunFile);
        await new LeftoverProcesses(_state).WaitAsync(Progress("stores"), cancellationToken);
        if (_options.Fresh)
        {
            _state.WipeData();
        }

        _plan = new NativePlan(EngineFolder.OfRepository, _state, _options);
        var started = TimeProvider.System.GetTimestamp();
        if (_plan.Engines.Kafka is not null)
        {
            await Java.CheckAsync(cancellationToken);
        }

        await EngineInstallation.EnsureAsync(EngineFolder.OfRepository, Progress("engines"), cancellationToken);
        _options.Tell(new TopologyEvent.Done("engines", TimeProvider.System.GetElapsedTime(started), "installed"));
        await UntilAChildDiesAsync(StartChildrenAsync, cancellationToken);
        OwnerFile.Write(_state.RunFile, Plan.RunFile.ToJson());
    }

    private async Task StartChildrenAsync(CancellationToken cancellationToken)
    {
        await TogetherAsync(cancellationToken, StartPostgresAsync, StartKafkaAsync, StartClickHouseAsync, StartDashboardAsync);
        if (!_options.Services)
        {
            return;
        }

        await _children.RunAsync(Plan.Services.Migrations(), ownTerminal: false, cancellationToken);
        await TogetherAsync(cancellationToken, [.. Plan.Services.All().Select(service =>
            (Func<CancellationToken, Task>)(token => _children.StartAsync(service.Process, service.Url, token)))]);
    }

    private async Task StartPostgresAsync(CancellationToken cancellationToken)
    {
        if (Plan.Engines.Postgres is not { } engine)
        {
            return;
        }

        var postgres = await engine.DescribeAsync(cancellationToken);
        var elsewhere = postgres.WorkingDirectory == _state.Data(postgres.Name)
            ? ""
            : $", data in {postgres.WorkingDirectory}: the state folder is closed to the user it runs as";
        await _children.StartAsync(postgres, $"127.0.0.1:{engine.Port}{elsewhere}", cancellationToken);
    }

    private async Task StartKafkaAsync(CancellationToken cancellationToken)
    {
        if (Plan.Engines.Kafka is { } kafka)
        {
            await _children.StartAsync(kafka.ZooKeeper.Describe(), $"127.0.0.1:{kafka.ZooKeeper.Port}", cancellationToken);
            await _children.StartAsync(kafka.Broker.Describe(), kafka.Broker.Bootstrap, cancellationToken);
        }
    }

    private async Task StartClickHouseAsync(CancellationToken cancellationToken)
    {
        if (Plan.Engines.ClickHouse is { } clickHouse)
        {
            await _children.StartAsync(clickHouse.Describe(), $"127.0.0.1:{clickHouse.Port}", cancellationToken);
        }
    }

    private async Task StartDashboardAsync(CancellationToken cancellationToken)
    {
        if (Plan.Dashboard is { } dashboard)
        {
            await _children.StartAsync(await dashboard.DescribeAsync(cancellationToken), dashboard.Url, cancellationToken);
        }
    }

    // The first failure cancels the others, and is the one that is thrown.
    private static async Task TogetherAsync(CancellationToken cancellationToken, params Func<CancellationToken, Task>[] steps)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> running = [.. steps.Select(step => step(others.Token))];
        Exception? first = null;
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            if (!ended.IsCompletedSuccessfully && first is null)
            {
                first = ended.Exception?.InnerException ?? new OperationCanceledException(cancellationToken);
                await others.CancelAsync();
            }
        }

        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    private async Task UntilAChildDiesAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(ending.Token);
        if (await Task.WhenAny(running, Died) == Died)
        {
            await ending.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new TopologyException(await Died);
        }

        await running;
    }

    private Action<string> Progress(string name) => text => _options.Tell(new TopologyEvent.Progress(name, text));
}
