using Andi.AppHost.Engines;

namespace Andi.AppHost.Native;

/// <summary>What a native topology is to be.</summary>
public sealed record NativeTopologyOptions
{
    /// <summary>Where data, secrets, logs and run.json go. Made where it is not there.</summary>
    public required string StateFolder { get; init; }

    /// <summary>False: the stores only, neither migrated nor with services on them.</summary>
    public bool Services { get; init; } = true;

    public bool Dashboard { get; init; } = true;

    /// <summary>Wipes the data first.</summary>
    public bool Fresh { get; init; }

    /// <summary>Partitions of topics that are created by being used.</summary>
    public int KafkaPartitions { get; init; } = KafkaEngine.DefaultPartitions;

    /// <summary>
    /// Where Kafka tells its clients to connect, for instance a proxy's port; null: to itself. The broker's own first client, its controller, does so, too.
    /// </summary>
    public int? KafkaAdvertisedPort { get; init; }

    /// <summary>How much WAL PostgreSQL keeps for a change relay that is away, in PostgreSQL's notation (<c>512MB</c>); then its slot is given up.</summary>
    public string SlotWalKeepSize { get; init; } = PostgresEngine.DefaultSlotWalKeepSize;

    /// <summary>For how many years the warehouse's rows count, within <see cref="Andi.Topology.RetentionLimits"/>; null: as it was told last.</summary>
    public int? RetentionYears { get; init; }

    public PortChoices Ports { get; init; } = new();

    /// <summary>How many processes of each service.</summary>
    public ServiceReplicas Replicas { get; init; } = new();

    /// <summary>Environment variables that services get besides those of every topology, for instance settings other than their defaults.</summary>
    public IReadOnlyDictionary<string, string> ServiceVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Given the stores' connection strings, by <see cref="Andi.Topology.ConnectionNames"/>, before anything runs: those that services are to use
    /// instead, for instance through a proxy. Migrations use the stores' own.
    /// </summary>
    public Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> ServiceConnections { get; init; } = own => own;

    /// <summary>Cancelled: all children are killed at once, and the next start recovers. Stopping in order is disposing the topology.</summary>
    public CancellationToken Abort { get; init; }

    /// <summary>Told what happens, from any thread.</summary>
    public Action<TopologyEvent> Tell { get; init; } = _ => { };
}

/// <summary>How many processes of each service run beside each other.</summary>
public sealed record ServiceReplicas(int Oltp = 1, int Ingestor = 1, int Analytics = 1);

/// <summary>Ports that were asked for; null: picked.</summary>
public sealed record PortChoices
{
    public int? Postgres { get; init; }

    public int? ZooKeeper { get; init; }

    public int? Kafka { get; init; }

    public int? ClickHouse { get; init; }

    public int? Oltp { get; init; }

    public int? Ingestor { get; init; }

    public int? Analytics { get; init; }

    public int? Dashboard { get; init; }

    public int? OtlpGrpc { get; init; }

    public int? OtlpHttp { get; init; }
}
