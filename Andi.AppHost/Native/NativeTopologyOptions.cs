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

    public PortChoices Ports { get; init; } = new();

    /// <summary>Cancelled: all children are killed at once, and the next start recovers. Stopping in order is disposing the topology.</summary>
    public CancellationToken Abort { get; init; }

    /// <summary>Told what happens, from any thread.</summary>
    public Action<TopologyEvent> Tell { get; init; } = _ => { };
}

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
