namespace Andi.Topology;

/// <summary>
/// The connection strings that services receive as <c>ConnectionStrings__{name}</c>. PostgreSQL ones are Npgsql connection strings,
/// <see cref="Kafka"/> is a bootstrap list (<c>host:port,…</c>), <see cref="Warehouse"/> is
/// <c>Host=…;Port=…;Protocol=http;Username=…;Password=…;Database=…</c>, ClickHouse's HTTP interface.
/// </summary>
public static class ConnectionNames
{
    /// <summary>The transactional database; also a PostgreSQL database of this name.</summary>
    public const string Oltp = "oltp";

    /// <summary>Fences, pending batches and applied positions of the ingestor; also a PostgreSQL database of this name.</summary>
    public const string Ingest = "ingest";

    public const string Kafka = "kafka";

    public const string Warehouse = "warehouse";
}
