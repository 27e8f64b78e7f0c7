using Andi.AppHost.Engines;
using Andi.AppHost.Native;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost;

/// <summary>The native stores of one start, with their ports, before anything runs. Both hosts begin with it.</summary>
internal sealed class EngineSet
{
    public EngineSet(EngineFolder engines, StateFolder state, PortBook ports, NativeTopologyOptions options)
    {
        var zooKeeperPort = ports.Take("zookeeper", options.Ports.ZooKeeper);
        Postgres = new PostgresEngine(engines, state, ports.Take("postgres", options.Ports.Postgres));
        ZooKeeper = new ZooKeeperEngine(engines, state, zooKeeperPort);
        Kafka = new KafkaEngine(engines, state, ports.Take("kafka", options.Ports.Kafka), zooKeeperPort, options.KafkaPartitions);
        ClickHouse = new ClickHouseEngine(engines, state, ports.Take("clickhouse", options.Ports.ClickHouse));
        ConnectionStrings = new Dictionary<string, string>
        {
            [ConnectionNames.Oltp] = Postgres.ConnectionString(ConnectionNames.Oltp),
            [ConnectionNames.Ingest] = Postgres.ConnectionString(ConnectionNames.Ingest),
            [ConnectionNames.Kafka] = Kafka.Bootstrap,
            [ConnectionNames.Warehouse] = ClickHouse.ConnectionString,
        };
    }

    public PostgresEngine Postgres { get; }

    public ZooKeeperEngine ZooKeeper { get; }

    public KafkaEngine Kafka { get; }

    public ClickHouseEngine ClickHouse { get; }

    /// <summary>By <see cref="ConnectionNames"/>.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; }
}
