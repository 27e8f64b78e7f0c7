extern alias apphost;

using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using Andi.FaultCampaign.Connections;
using Andi.Kafka;
using Andi.Topology;
using apphost::Andi.AppHost.Native;

namespace Andi.FaultCampaign.Setting;

/// <summary>The whole topology on native engines, with two relays and two ingestors (a third of each in reserve), and proxies before PostgreSQL and ClickHouse.</summary>
internal sealed class CampaignTopology : IAsyncDisposable
{
    private const int Started = 2;

    // Shorter than the default, so that a paused ingestor becomes a zombie within a campaign's patience.
    private static readonly Dictionary<string, string> Variables = new() { ["Ingestor__SessionTimeout"] = "00:00:06" };

    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(20);

    private readonly NativeTopology _topology;
    private readonly Timeline _timeline;

    private CampaignTopology(NativeTopology topology, Timeline timeline, TcpProxy postgres, TcpProxy clickHouse)
    {
        _topology = topology;
        _timeline = timeline;
        PostgresProxy = postgres;
        ClickHouseProxy = clickHouse;
        Oltp = [.. Replicas(ResourceNames.OltpApi)];
        Ingestors = [.. Replicas(ResourceNames.Ingestor)];
        OltpClients = Oltp.ToDictionary(name => name, name => Client(topology.ServiceUrls[name]));
        Analytics = Client(topology.ServiceUrls[ResourceNames.AnalyticsApi]);
    }

    /// <summary>Names of the processes that write and relay; the last is in reserve.</summary>
    public IReadOnlyList<string> Oltp { get; }

    /// <summary>Names of the ingestors; the last is in reserve.</summary>
    public IReadOnlyList<string> Ingestors { get; }

    public TcpProxy PostgresProxy { get; }

    public TcpProxy ClickHouseProxy { get; }

    public ProcessControl Processes => _topology.Processes;

    /// <summary>Completes when a process ended that no fault ended.</summary>
    public Task<string> Died => _topology.Died;

    /// <summary>The write side as admin, by process.</summary>
    public IReadOnlyDictionary<string, HttpClient> OltpClients { get; }

    /// <summary>The read side as admin.</summary>
    public HttpClient Analytics { get; }

    /// <summary>Past the proxy; without a pool, which would hand out connections that a kill has ended.</summary>
    public string Postgres => _topology.Run.ConnectionStrings[ConnectionNames.Oltp] + ";Pooling=false";

    /// <summary>Past the proxy; without a pool, too.</summary>
    public string Ledger => _topology.Run.ConnectionStrings[ConnectionNames.Ingest] + ";Pooling=false";

    /// <summary>Past the proxy.</summary>
    public string Warehouse => _topology.Run.ConnectionStrings[ConnectionNames.Warehouse];

    public KafkaConnection Kafka => new(_topology.Run.Kafka, _topology.Run.KafkaProtocol == "0.9", "andi");

    public static async Task<CampaignTopology> StartAsync(string folder, Timeline timeline, CancellationToken cancellationToken)
    {
        TcpProxy? postgres = null;
        TcpProxy? clickHouse = null;
        var options = new NativeTopologyOptions
        {
            StateFolder = folder,
            Dashboard = false,
            Fresh = true,
            Replicas = new ServiceReplicas(Oltp: Started + 1, Ingestor: Started + 1),
            ServiceVariables = Variables,
            ServiceConnections = own =>
            {
                postgres = new TcpProxy(PortOf(own[ConnectionNames.Oltp]));
                clickHouse = new TcpProxy(PortOf(own[ConnectionNames.Warehouse]));
                return new Dictionary<string, string>(own)
                {
                    [ConnectionNames.Oltp] = Through(postgres, own[ConnectionNames.Oltp]),
                    [ConnectionNames.Ingest] = Through(postgres, own[ConnectionNames.Ingest]),
                    [ConnectionNames.Warehouse] = Through(clickHouse, own[ConnectionNames.Warehouse]),
                };
            },
            Tell = told => timeline.Note(told.Name, $"{told}", told is TopologyEvent.Line line ? line.Text : null),
        };
        var started = await NativeTopology.StartAsync(options, cancellationToken);
        var topology = new CampaignTopology(started, timeline, postgres!, clickHouse!);
        await started.Processes.StopAsync(topology.Oltp[Started]);
        await started.Processes.StopAsync(topology.Ingestors[Started]);
        return topology;
    }

    public async ValueTask DisposeAsync()
    {
        await _topology.DisposeAsync();
        PostgresProxy.Dispose();
        ClickHouseProxy.Dispose();
        Analytics.Dispose();
        foreach (var client in OltpClients.Values)
        {
            client.Dispose();
        }

        _timeline.Dispose();
    }

    private IEnumerable<string> Replicas(string service) =>
        _topology.ServiceUrls.Keys.Where(name => name == service || name.StartsWith($"{service}-", StringComparison.Ordinal));

    private HttpClient Client(string address) => new()
    {
        BaseAddress = new Uri(address),
        Timeout = RequestLimit,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", _topology.Run.Tokens.Admin) },
    };

    private static int PortOf(string connectionString) =>
        int.Parse((string)new DbConnectionStringBuilder { ConnectionString = connectionString }["Port"], CultureInfo.InvariantCulture);

    private static string Through(TcpProxy proxy, string connectionString) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString, ["Port"] = proxy.Port }.ConnectionString;
}
