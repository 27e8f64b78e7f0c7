namespace Andi.Testing;

/// <summary>What a topology under test is to be, other than <c>dotnet run</c> has it.</summary>
public sealed record RunningAndiOptions
{
    /// <summary>Where data, secrets, logs and run.json go.</summary>
    public required string StateFolder { get; init; }

    /// <summary>False: the stores only, neither migrated nor with services on them.</summary>
    public bool Services { get; init; } = true;

    /// <summary>Whether there is a dashboard, which takes telemetry.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Further options of the host, for instance <c>--kafka-partitions 2</c>.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>How many processes write and relay, and how many ingest. Of several the second is named <c>{name}-2</c> and so on.</summary>
    public (int Oltp, int Ingestor) Replicas { get; init; } = (1, 1);

    /// <summary>Environment variables of the services besides their own.</summary>
    public IReadOnlyDictionary<string, string> ServiceVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables of the native ClickHouse besides its own, for instance of a source that it may use.</summary>
    public IReadOnlyDictionary<string, string> ClickHouseVariables { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Given the stores' connection strings by name, before anything runs: those that services use instead, for instance through a proxy. Migrations use
    /// the stores' own.
    /// </summary>
    public Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>>? ServiceConnections { get; init; }

    /// <summary>Where Kafka tells its clients to connect, for instance a proxy's port; null: to itself.</summary>
    public int? KafkaAdvertisedPort { get; init; }

    /// <summary>Called with each line that a resource writes, and its name; from any thread.</summary>
    public Action<string, string>? OnLine { get; init; }
}
