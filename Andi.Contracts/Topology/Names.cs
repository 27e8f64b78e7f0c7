namespace Andi.Topology;

/// <summary>The names of everything that runs: lower case, and unique across all kinds, ignoring case.</summary>
public static class ResourceNames
{
    public const string Postgres = "postgres";
    public const string ZooKeeper = "zookeeper";
    public const string KafkaBroker = "kafka-broker";
    public const string ClickHouse = "clickhouse";
    public const string Dashboard = "dashboard";

    public const string Migrations = "migrations";
    public const string OltpApi = "oltp-api";
    public const string Ingestor = "ingestor";
    public const string AnalyticsApi = "analytics-api";
    public const string Web = "web";
}

/// <summary>
/// The connection strings that services receive as <c>ConnectionStrings__{name}</c>. PostgreSQL ones are Npgsql connection strings,
/// <see cref="Kafka"/> is a bootstrap list (<c>host:port,…</c>), with librdkafka's settings of TLS behind it where needed
/// (<c>;security.protocol=ssl;ssl.ca.location=…</c>), <see cref="Warehouse"/> is
/// <c>Host=…;Port=…;Protocol=http;Username=…;Password=…;Database=…</c>, ClickHouse's HTTP interface.
/// </summary>
public static class ConnectionNames
{
    /// <summary>The transactional database; also a PostgreSQL database of this name.</summary>
    public const string Oltp = "oltp";

    /// <summary>
    /// <see cref="Oltp"/> as the change relay connects to it: by a role that may read the WAL. Where it is not given, the relay uses <see cref="Oltp"/>'s.
    /// </summary>
    public const string Relay = "relay";

    /// <summary>The ingestor's ledger: fencing tokens, pending batches and applied positions; also a PostgreSQL database of this name.</summary>
    public const string Ingest = "ingest";

    public const string Kafka = "kafka";

    public const string Warehouse = "warehouse";
}

/// <summary>Configuration keys that a host sets on services (as environment variables, <c>:</c> written <c>__</c>).</summary>
public static class SettingNames
{
    /// <summary>File with the HMAC key (base64, at least 32 bytes) that signs tokens in development.</summary>
    public const string SigningKeyFile = "Security:SigningKeyFile";

    /// <summary>OIDC authority in production; excludes <see cref="SigningKeyFile"/>.</summary>
    public const string Authority = "Security:Authority";

    public const string Audience = "Security:Audience";

    /// <summary>One of <see cref="KafkaDialect"/>, default <see cref="KafkaDialect.Modern"/>.</summary>
    public const string KafkaProtocol = "Kafka:Protocol";

    /// <summary>Within how many days the broker lets an event go, where it is a host's; see <see cref="EventRetention"/>.</summary>
    public const string KafkaRetentionDays = "Kafka:RetentionDays";

    /// <summary>Prefix of the change topics, default <c>andi</c>: <c>{prefix}.{schema}.{table}</c>.</summary>
    public const string KafkaTopicPrefix = "Kafka:TopicPrefix";

    /// <summary>
    /// For how many years rows count, within <see cref="RetentionLimits"/>: migrations write it into the warehouse, where it
    /// stays until they are given another one. Default <see cref="RetentionLimits.DefaultYears"/>.
    /// </summary>
    public const string RetentionYears = "Warehouse:RetentionYears";
}

/// <summary>What a broker understands, as <see cref="SettingNames.KafkaProtocol"/> and <see cref="RunFile.KafkaProtocol"/> name it.</summary>
public static class KafkaDialect
{
    /// <summary>Any broker of this decade; the default.</summary>
    public const string Modern = "modern";

    /// <summary>A broker of the 0.9 protocol: no idempotent producer, headers, transactions, LZ4 or version requests.</summary>
    public const string Legacy = "0.9";
}
