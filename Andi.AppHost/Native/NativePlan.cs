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
        var zooKeeperPort = ports.Take("zookeeper", asked.ZooKeeper);
        Postgres = new PostgresEngine(engines, state, ports.Take("postgres", asked.Postgres));
        ZooKeeper = new ZooKeeperEngine(engines, state, zooKeeperPort);
        Kafka = new KafkaEngine(engines, state, ports.Take("kafka", asked.Kafka), zooKeeperPort, options.KafkaPartitions);
        ClickHouse = new ClickHouseEngine(engines, state, ports.Take("clickhouse", asked.ClickHouse));
        Dashboard = !options.Dashboard
            ? null
            : new DashboardEngine(
                engines, state, ports.Take("dashboard", asked.Dashboard), ports.Take("otlp-grpc", asked.OtlpGrpc), ports.Take("otlp-http", asked.OtlpHttp));

        var connectionStrings = new Dictionary<string, string>
        {
            [ConnectionNames.Oltp] = Postgres.ConnectionString(ConnectionNames.Oltp),
            [ConnectionNames.Ingest] = Postgres.ConnectionString(ConnectionNames.Ingest),
            [ConnectionNames.Kafka] = Kafka.Bootstrap,
            [ConnectionNames.Warehouse] = ClickHouse.ConnectionString,
        };
        var signingKey = OwnerFile.SigningKey(state.SigningKey);
        Services = new ServiceProcesses(
            new ServicePorts(ports.Take("oltp", asked.Oltp), ports.Take("ingestor", asked.Ingestor), ports.Take("analytics", asked.Analytics)),
            connectionStrings, state.SigningKey, Dashboard?.OtlpEndpoint);
        ports.Remember();

        RunFile = new RunFile
        {
            Oltp = options.Services ? Services.OltpUrl : null,
            Analytics = options.Services ? Services.AnalyticsUrl : null,
            Ingestor = options.Services ? Services.IngestorUrl : null,
            Clickhouse = ClickHouse.Url,
            Postgres = connectionStrings[ConnectionNames.Oltp],
            Kafka = Kafka.Bootstrap,
            KafkaProtocol = KafkaEngine.Protocol,
            Dashboard = Dashboard?.Url,
            ConnectionStrings = connectionStrings,
            Tokens = new RunTokens(AdminToken.Create(signingKey, DateTimeOffset.UtcNow)),
        };
    }

    public PostgresEngine Postgres { get; }

    public ZooKeeperEngine ZooKeeper { get; }

    public KafkaEngine Kafka { get; }

    public ClickHouseEngine ClickHouse { get; }

    public DashboardEngine? Dashboard { get; }

    public ServiceProcesses Services { get; }

    public RunFile RunFile { get; }
}
