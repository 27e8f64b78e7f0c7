using System.Data.Common;
using System.Globalization;
using Andi.Topology;

namespace Andi.FaultCampaign.Connections;

/// <summary>A proxy before each store that services talk to, and the connection strings that lead through them.</summary>
internal sealed class StoreProxies : IDisposable
{
    private readonly TcpProxy _postgres = new();
    private readonly TcpProxy _kafka = new();
    private readonly TcpProxy _clickHouse = new();

    /// <summary>Names of the stores.</summary>
    public static IReadOnlyList<string> Stores { get; } = [ResourceNames.Postgres, ResourceNames.KafkaBroker, ResourceNames.ClickHouse];

    /// <summary>Where Kafka must tell its clients to connect.</summary>
    public int KafkaPort => _kafka.Port;

    public TcpProxy this[string store] => store switch
    {
        ResourceNames.Postgres => _postgres,
        ResourceNames.KafkaBroker => _kafka,
        ResourceNames.ClickHouse => _clickHouse,
        _ => throw new ArgumentException($"There is no proxy before {store}.", nameof(store)),
    };

    /// <summary>Tells the proxies where the stores are.</summary>
    /// <param name="own">The stores' connection strings, by <see cref="ConnectionNames"/>.</param>
    /// <returns>Those that services are to use.</returns>
    public IReadOnlyDictionary<string, string> StandBefore(IReadOnlyDictionary<string, string> own)
    {
        _postgres.StorePort = PortOf(own[ConnectionNames.Oltp]);
        _clickHouse.StorePort = PortOf(own[ConnectionNames.Warehouse]);
        _kafka.StorePort = int.Parse(own[ConnectionNames.Kafka].Split(':')[1], CultureInfo.InvariantCulture);
        return new Dictionary<string, string>(own)
        {
            [ConnectionNames.Oltp] = Through(_postgres, own[ConnectionNames.Oltp]),
            [ConnectionNames.Ingest] = Through(_postgres, own[ConnectionNames.Ingest]),
            [ConnectionNames.Warehouse] = Through(_clickHouse, own[ConnectionNames.Warehouse]),
            [ConnectionNames.Kafka] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_kafka.Port}"),
        };
    }

    public void Dispose()
    {
        _postgres.Dispose();
        _kafka.Dispose();
        _clickHouse.Dispose();
    }

    private static int PortOf(string connectionString) =>
        int.Parse((string)new DbConnectionStringBuilder { ConnectionString = connectionString }["Port"], CultureInfo.InvariantCulture);

    private static string Through(TcpProxy proxy, string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString, ["Port"] = proxy.Port }.ConnectionString;
}
