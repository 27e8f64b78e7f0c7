using Andi.Kafka;
using Andi.Testing;
using Andi.Topology;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.Bench.Setting;

/// <summary>The way to a topology's stores, past its services.</summary>
internal static class Stores
{
    public static ClickHouseOptions WarehouseOptions(this RunningAndi topology) =>
        ClickHouseOptions.Parse(topology.Run.ConnectionStrings[ConnectionNames.Warehouse]);

    /// <summary>A client of its own, to be disposed of.</summary>
    public static ClickHouseClient OpenWarehouse(this RunningAndi topology) => new(topology.WarehouseOptions(), NullLogger<ClickHouseClient>.Instance);

    public static KafkaConnection Kafka(this RunningAndi topology) =>
        new(topology.Run.Kafka, topology.Run.KafkaProtocol == KafkaDialect.Legacy, TopicPrefix: "andi");
}
