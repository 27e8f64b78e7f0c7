using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Native;

/// <summary>Every port, engine and service of one start, before anything runs.</summary>
internal sealed class NativePlan
{
    public NativePlan(EngineFolder engines, StateFolder state, NativeTopologyOptions options)
    {
        var asked = options.Ports;
        var ports = new PortBook(state);
        Engines = new EngineSet(engines, state, ports, options, new OwnStores(Environment.GetEnvironmentVariables()));
        Dashboard = !options.Dashboard
            ? null
            : new DashboardEngine(
                engines, state, ports.Take("dashboard", asked.Dashboard), ports.Take("otlp-grpc", asked.OtlpGrpc), ports.Take("otlp-http", asked.OtlpHttp));

        var signingKey = OwnerFile.SigningKey(state.SigningKey);
        Services = new ServiceProcesses(
            new ServicePorts(
                ports.Take("oltp", asked.Oltp, options.Replicas.Oltp),
                ports.Take("ingestor", asked.Ingestor, options.Replicas.Ingestor),
                ports.Take("analytics", asked.Analytics, options.Replicas.Analytics)),
            Engines.ConnectionStrings,
            options.ServiceConnections(Engines.ConnectionStrings),
            Engines.KafkaProtocol,
            state.SigningKey,
            Dashboard?.OtlpEndpoint,
            options.ServiceVariables,
            options.RetentionYears);
        ports.Remember();

        RunFile = new RunFile
        {
            Oltp = options.Services ? Services.OltpUrl : null,
            Analytics = options.Services ? Services.AnalyticsUrl : null,
            Ingestor = options.Services ? Services.IngestorUrl : null,
            Clickhouse = OwnStores.WarehouseUrl(Engines.ConnectionStrings[ConnectionNames.Warehouse]),
            Postgres = Engines.ConnectionStrings[ConnectionNames.Oltp],
            Kafka = Engines.ConnectionStrings[ConnectionNames.Kafka],
            KafkaProtocol = Engines.KafkaProtocol,
            Dashboard = Dashboard?.Url,
            ConnectionStrings = Engines.ConnectionStrings,
            Tokens = new RunTokens(AdminToken.Create(signingKey, DateTimeOffset.UtcNow)),
        };
    }

    public EngineSet Engines { get; }

    public DashboardEngine? Dashboard { get; }

    public ServiceProcesses Services { get; }

    public RunFile RunFile { get; }
}
