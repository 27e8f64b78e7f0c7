using Andi.AppHost.Engines;
using Andi.AppHost.Native;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost;

/// <summary>The native stores of one start, with their ports, before anything runs. Both hosts begin with it. A store of the user's own is null here.</summary>
internal sealed class EngineSet
{
    public EngineSet(EngineFolder engines, StateFolder state, PortBook ports, NativeTopologyOptions options, OwnStores own)
    {
        var connectionStrings = new Dictionary<string, string>();
        string Own(string name) => connectionStrings[name] = own.ConnectionString(name)!;

        if (own.Has(ConnectionNames.Oltp))
        {
            Own(ConnectionNames.Oltp);
            Own(ConnectionNames.Ingest);
        }
        else
        {
            Postgres = new PostgresEngine(engines, state, ports.Take("postgres", options.Ports.Postgres), options.SlotWalKeepSize);
            connectionStrings[ConnectionNames.Oltp] = Postgres.ConnectionString(ConnectionNames.Oltp);
            connectionStrings[ConnectionNames.Ingest] = Postgres.ConnectionString(ConnectionNames.Ingest);
        }

        if (own.Has(ConnectionNames.Kafka))
        {
            Own(ConnectionNames.Kafka);
            KafkaProtocol = own.KafkaProtocol;
        }
        else
        {
            var zooKeeperPort = ports.Take("zookeeper", options.Ports.ZooKeeper);
            var kafkaPort = ports.Take("kafka", options.Ports.Kafka);
            Kafka = (
                new ZooKeeperEngine(engines, state, zooKeeperPort),
                new KafkaEngine(engines, state, kafkaPort, options.KafkaAdvertisedPort ?? kafkaPort, zooKeeperPort, options.KafkaPartitions));
            connectionStrings[ConnectionNames.Kafka] = Kafka.Value.Broker.Bootstrap;
            KafkaProtocol = KafkaDialect.Legacy;
        }

        if (own.Has(ConnectionNames.Warehouse))
        {
            Own(ConnectionNames.Warehouse);
        }
        else
        {
            ClickHouse = new ClickHouseEngine(engines, state, ports.Take("clickhouse", options.Ports.ClickHouse));
            connectionStrings[ConnectionNames.Warehouse] = ClickHouse.ConnectionString;
        }

        ConnectionStrings = connectionStrings;
    }

    public PostgresEngine? Postgres { get; }

    public (ZooKeeperEngine ZooKeeper, KafkaEngine Broker)? Kafka { get; }

    public ClickHouseEngine? ClickHouse { get; }

    /// <summary>By <see cref="ConnectionNames"/>.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; }

    /// <summary>See <see cref="SettingNames.KafkaProtocol"/>.</summary>
    public string KafkaProtocol { get; }
}
