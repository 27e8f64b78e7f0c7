using Andi.IntegrationTests;
using Andi.Testing;
using Andi.Topology;
using Npgsql;

[assembly: AssemblyFixture(typeof(EnginesFixture))]

namespace Andi.IntegrationTests;

/// <summary>
/// PostgreSQL, Kafka and ClickHouse, the real ones, started once for all tests of this assembly. A test class gets it by a constructor parameter.
/// The stores are shared: a test keeps to names of its own (<see cref="CreateDatabaseAsync"/>, a topic or a ClickHouse database of its own).
/// </summary>
public sealed class EnginesFixture : IAsyncLifetime, IEngines
{
    private const string State = "integration";

    private IDisposable? _lock;
    private RunningAndi? _topology;

    public EnginesFixture() => Migrated = new MigratedStores(this);

    /// <summary>Npgsql connection string of the database <c>oltp</c>, which is empty at first.</summary>
    public string Oltp => Connection(ConnectionNames.Oltp);

    /// <summary>Npgsql connection string of the database <c>ingest</c>, which is empty at first.</summary>
    public string Ingest => Connection(ConnectionNames.Ingest);

    /// <summary>Bootstrap list of a 0.9 broker.</summary>
    public string Kafka => Connection(ConnectionNames.Kafka);

    /// <summary>Connection string of ClickHouse as the services get it; no database is made yet.</summary>
    public string Warehouse => Connection(ConnectionNames.Warehouse);

    /// <summary>ClickHouse's HTTP interface, with user and password.</summary>
    public Uri ClickHouse => new(Topology.Run.Clickhouse);

    /// <summary>The port of Kafka's ZooKeeper, on the loopback address.</summary>
    public int ZooKeeperPort => Topology.Port("zookeeper");

    /// <summary>A database as one of <see cref="DatabaseRoles"/> connects to it.</summary>
    public string As(string role, string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = role, Password = Topology.Password($"postgres.{role}"), Pooling = false }
            .ConnectionString;

    /// <summary>The warehouse as one of ClickHouse's users.</summary>
    public string WarehouseAs(string user) => $"{Warehouse};Username={user};Password={Topology.Password($"clickhouse.{user}")}";

    /// <summary>To take a store away and give it back; for <see cref="AloneCollection"/> only.</summary>
    public ProcessControl Processes => Topology.Processes;

    /// <summary>Copies of stores with all of Andi's tables.</summary>
    public MigratedStores Migrated { get; }

    /// <summary>Where PostgreSQL, Kafka and ClickHouse keep their files.</summary>
    public string StateFolder => Topology.Options.StateFolder;

    private RunningAndi Topology => _topology ?? throw new InvalidOperationException("The engines have not started.");

    /// <summary>An empty PostgreSQL database of its own for a test; its connection string.</summary>
    public Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) => CopyDatabaseAsync("template1", cancellationToken);

    /// <summary>A copy of a database that nobody is connected to; its connection string.</summary>
    public async Task<string> CopyDatabaseAsync(string template, CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(Oltp);
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"create database {name} template {template}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(Oltp) { Database = name }.ConnectionString;
    }

    public async ValueTask InitializeAsync()
    {
        _lock = await TopologyLock.TakeAsync(CancellationToken.None);
        _topology = await RunningAndi.StartAsync(
            new RunningAndiOptions { StateFolder = TestState.Empty(State), Services = false, Arguments = ["--kafka-partitions", "2"] }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Migrated.DisposeAsync();
        if (_topology is not null)
        {
            await _topology.DisposeAsync();
            TestState.DropData(_topology.Options.StateFolder);
        }

        _lock?.Dispose();
    }

    private string Connection(string name) => Topology.Run.ConnectionStrings[name];
}
