using Andi.FaultCampaign.Connections;
using Andi.Kafka;
using Andi.Testing;
using Andi.Topology;

namespace Andi.FaultCampaign.Setting;

/// <summary>The whole topology on native engines, with two relays and two ingestors (a third of each in reserve), and a proxy before every store.</summary>
internal sealed class CampaignTopology : IAsyncDisposable
{
    private const int Started = 2;

    // Shorter than the default, so that a paused ingestor becomes a zombie within a campaign's patience.
    private static readonly Dictionary<string, string> Variables = new() { ["Ingestor__SessionTimeout"] = "00:00:06" };

    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(20);

    private readonly RunningAndi _topology;

    private CampaignTopology(RunningAndi topology, StoreProxies proxies, RelayTurns relays)
    {
        _topology = topology;
        Proxies = proxies;
        Relays = relays;
        Oltp = [.. Replicas(ResourceNames.OltpApi)];
        Ingestors = [.. Replicas(ResourceNames.Ingestor)];
        OltpClients = Oltp.ToDictionary(name => name, name => topology.Client(topology.ServiceUrls[name], RequestLimit));
        Analytics = topology.Client(topology.ServiceUrls[ResourceNames.AnalyticsApi], RequestLimit);
    }

    /// <summary>Names of the processes that write and relay; the last is in reserve.</summary>
    public IReadOnlyList<string> Oltp { get; }

    /// <summary>Names of the ingestors; the last is in reserve.</summary>
    public IReadOnlyList<string> Ingestors { get; }

    public StoreProxies Proxies { get; }

    public RelayTurns Relays { get; }

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

    /// <summary>Tells <c>Andi.Cli</c> where everything is.</summary>
    public string RunFile => Path.Combine(_topology.Options.StateFolder, "run.json");

    public KafkaConnection Kafka => new(_topology.Run.Kafka, _topology.Run.KafkaProtocol == KafkaDialect.Legacy, "andi");

    public static async Task<CampaignTopology> StartAsync(string folder, Timeline timeline, CancellationToken cancellationToken)
    {
        var proxies = new StoreProxies();
        var relays = new RelayTurns();
        var options = new RunningAndiOptions
        {
            StateFolder = folder,
            Arguments = ["--fresh", "--kafka-partitions", "2"],
            Replicas = (Started + 1, Started + 1),
            ServiceVariables = Variables,
            ServiceConnections = proxies.StandBefore,
            KafkaAdvertisedPort = proxies.KafkaPort,
            OnLine = (name, line) =>
            {
                timeline.Note(name, line, line);
                relays.Hear(name, line);
            },
        };
        var started = await RunningAndi.StartAsync(options, cancellationToken);
        var topology = new CampaignTopology(started, proxies, relays);
        await started.Processes.StopAsync(topology.Oltp[Started]);
        await started.Processes.StopAsync(topology.Ingestors[Started]);
        return topology;
    }

    public async ValueTask DisposeAsync()
    {
        await _topology.DisposeAsync();
        Proxies.Dispose();
        Analytics.Dispose();
        foreach (var client in OltpClients.Values)
        {
            client.Dispose();
        }
    }

    private IEnumerable<string> Replicas(string service) =>
        _topology.ServiceUrls.Keys.Where(name => name == service || name.StartsWith($"{service}-", StringComparison.Ordinal));
}
