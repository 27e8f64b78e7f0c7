namespace Andi.Topology;

/// <summary>The names of everything that runs. Both hosts use them; they are unique across all kinds, ignoring case, and lower case.</summary>
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
}
