namespace Andi.IntegrationTests;

/// <summary>The stores that a pipeline under test runs on.</summary>
public interface IEngines
{
    /// <summary>Bootstrap list of a 0.9 broker.</summary>
    string Kafka { get; }

    /// <summary>Connection string of ClickHouse as the services get it.</summary>
    string Warehouse { get; }

    /// <summary>An empty PostgreSQL database of its own; its connection string.</summary>
    Task<string> CreateDatabaseAsync(CancellationToken cancellationToken);
}
