using Andi.AppHost.Engines;
using Andi.AppHost.Lifecycle;
using Andi.AppHost.State;
using Andi.Topology;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Andi.AppHost;

/// <summary>
/// Aspire's builder with what Andi's resources share: options, the state folder, ports, and what the stores run as. When publishing nothing of this machine
/// is touched.
/// </summary>
internal sealed class AndiHost : IDisposable
{
    private const string ConnectionStrings = "ConnectionStrings";

    // The ordered stop comes out of this, too.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(120);

    private readonly StateFolder? _state;
    private readonly PortStore? _ports;

    private AndiHost(IDistributedApplicationBuilder builder, AppHostOptions options, FailFast failFast, StateFolder? state)
    {
        (Builder, Options, FailFast, _state) = (builder, options, failFast, state);
        _ports = state is null ? null : new PortStore(state, options.Ports);
        KafkaProtocol = builder.Configuration[SettingNames.KafkaProtocol] ?? KafkaDialect.Modern;
    }

    public IDistributedApplicationBuilder Builder { get; }

    public AppHostOptions Options { get; }

    public FailFast FailFast { get; }

    /// <summary>Whether stores that are not the user's own are containers; else they are native engines.</summary>
    public bool UsesContainers { get; private set; } = true;

    /// <summary>One of <see cref="KafkaDialect"/>; of a broker of the user's own, what the environment says.</summary>
    public string KafkaProtocol { get; set; }

    /// <summary>Within how many days Kafka lets an event go; null where the broker is the user's own.</summary>
    public int? KafkaRetentionDays => AreOwn(ConnectionNames.Kafka) ? null : Options.KafkaRetentionDays;

    public bool IsRunMode => Builder.ExecutionContext.IsRunMode;

    /// <summary>Only when running.</summary>
    public StateFolder State => _state ?? throw new InvalidOperationException("There is no state folder when publishing.");

    /// <summary>Only when running.</summary>
    public PortStore Ports => _ports ?? throw new InvalidOperationException("No ports are chosen when publishing.");

    /// <exception cref="StartException">The state folder, a port or a prerequisite is missing; the message says which.</exception>
    public static async Task<AndiHost> CreateAsync(AppHostOptions options, FailFast failFast)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = options.ForAspire,
            DisableDashboard = !options.Dashboard,
            // All of it is on the loopback address; the dashboard, its API, the resource service and OTLP still ask for their keys.
            AllowUnsecuredTransport = true,
        });
        var state = builder.ExecutionContext.IsRunMode ? new StateFolder(options.StateFolder) : null;
        var host = new AndiHost(builder, options, failFast, state);
        builder.Services.AddSingleton(host);
        if (state is not null)
        {
            await host.PrepareRunAsync();
        }

        return host;
    }

    /// <summary>Whether the user's own connection strings name these stores. Nothing of theirs is started, stopped or wiped.</summary>
    /// <exception cref="StartException">They name some of them: one server holds all.</exception>
    public bool AreOwn(params string[] connections)
    {
        var own = connections.Where(name => !string.IsNullOrWhiteSpace(Builder.Configuration[$"{ConnectionStrings}:{name}"])).ToList();
        return own.Count == 0 || own.Count == connections.Length
            ? own.Count > 0
            : throw new StartException(
                $"One server holds {string.Join(" and ", connections)}: "
                + $"set ConnectionStrings__{string.Join(" and ConnectionStrings__", connections)}, or none of them.");
    }

    /// <summary>A connection string that is ready when its store is.</summary>
    public IResourceBuilder<ConnectionStringResource> AddConnection(string name, ReferenceExpression value, IResourceBuilder<IResource> store) =>
        Builder.AddConnectionString(name, value).WaitFor(store).WithIconName("PlugConnected");

    /// <summary>The key that signs tokens, kept in the state folder; made at the first start.</summary>
    /// <exception cref="StartException">The file is there and does not hold one.</exception>
    public SymmetricSecurityKey SigningKey()
    {
        try
        {
            return Security.SigningKey.ReadOrCreate(State.SigningKey);
        }
        catch (InvalidOperationException exception)
        {
            throw new StartException($"{exception.Message} Remove the file to have a key made; tokens signed with the old one end.", exception);
        }
    }

    /// <summary>The password of a native engine, kept in the state folder so that data made with it can be opened again.</summary>
    public string Password(string engine) => SecretFile.Password(State.PasswordFile(engine));

    /// <summary>A password as a parameter: the state folder's own; when publishing, whoever deploys gives one.</summary>
    public IResourceBuilder<ParameterResource> AddPassword(string name) => IsRunMode
        ? Builder.AddParameter(name, SecretFile.Password(Path.Combine(State.Root, name.Replace('-', '.'))), secret: true)
        : Builder.AddParameter(name, secret: true);

    /// <summary>The port of a container that was asked for, else null: Aspire picks one.</summary>
    public int? ContainerPort(string name) => Options.Ports.TryGetValue(name, out var port) ? port : null;

    /// <summary>Gives a container a volume of this state folder's own, so that clones and tests share no data; none when publishing.</summary>
    public void WithVolume<T>(IResourceBuilder<T> container, string store, Action<string> add)
        where T : ContainerResource
    {
        if (IsRunMode)
        {
            add(ContainerEngine.Volume(State, store));
        }
    }

    /// <summary>Removes run.json: what it names is going away.</summary>
    public void ForgetRun()
    {
        if (_state is not null)
        {
            File.Delete(_state.RunFile);
        }
    }

    public void Dispose() => _state?.Dispose();

    private async Task PrepareRunAsync()
    {
        ForgetRun();
        if (State.Tightened > 0)
        {
            Console.WriteLine($"Others could enter {State.Root}: {State.Tightened} files and folders of it are their owner's only from now on.");
        }

        // A damaged key ends the start before any process is there; a missing one is made for the services to read.
        SigningKey();
        await LeftoverProcesses.WaitAsync(State, CancellationToken.None);
        if (Options.Fresh)
        {
            State.WipeData();
            await ContainerEngine.WipeVolumesAsync(State, CancellationToken.None);
        }

        string[] stores = [ConnectionNames.Oltp, ConnectionNames.Kafka, ConnectionNames.Warehouse];
        var started = stores.Where(name => !AreOwn(name)).ToList();
        UsesContainers = await ContainerEngine.IsWantedAsync(Options.Engines, CancellationToken.None);
        if (!UsesContainers && started.Count > 0)
        {
            await Prerequisites.CheckAsync(needsJava: started.Contains(ConnectionNames.Kafka), CancellationToken.None);
            await EngineInstaller.EnsureAsync(Console.WriteLine, CancellationToken.None);
        }

        ConfigureAspire();
        Builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        // What is not ready yet is no failure: the dashboard shows it, and the start reports what takes too long.
        Builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        Builder.Services.AddSingleton<ResourceLogs>(services => new ResourceLogs(
            State.Logs, services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>()));
        Builder.Eventing.Subscribe<BeforeStartEvent>((started, _) =>
        {
            started.Services.GetRequiredService<ResourceLogs>().Start();
            return Task.CompletedTask;
        });
    }

    // Ports of this state folder's own, so that two hosts do not meet, and a stop that waits until everything is gone.
    private void ConfigureAspire()
    {
        var configuration = Builder.Configuration;
        configuration["DcpPublisher:WaitForResourceCleanup"] ??= "true";
        if (!Options.Dashboard)
        {
            return;
        }

        string Url(string port) => $"http://localhost:{Ports.Take(port)}";
        configuration["ASPNETCORE_URLS"] ??= Url("dashboard");
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ??= Url("otlp-grpc");
        configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] ??= Url("otlp-http");
        configuration["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] ??= Url("resource-service");
    }
}
