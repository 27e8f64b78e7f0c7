using System.Globalization;
using Andi.ChangeEvents;
using Andi.Ingestor;
using Andi.IntegrationTests.Cli;
using Andi.IntegrationTests.Warehouse;
using Andi.Oltp.ChangeCapture.Relay;
using Andi.Testing;
using Andi.Topology;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Andi.IntegrationTests.Operations;

/// <summary>
/// A whole Andi with all its tables, relay and ingestor on real engines: databases, topics and a ClickHouse of its own, so that operations may break it.
/// </summary>
public sealed class AndiUnderTest(EnginesFixture engines) : IAsyncLifetime
{
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _id = Guid.NewGuid().ToString("N")[..12];
    private readonly ClickHouseFixture _clickHouse = new();
    private readonly List<IHost> _running = [];
    private string _oltpConnection = "";
    private string _ledgerConnection = "";

    public NpgsqlDataSource Oltp { get; private set; } = null!;

    public NpgsqlDataSource Ledger { get; private set; } = null!;

    /// <summary>Whether relay and ingestor are started; else there are only the stores.</summary>
    public bool HasServices { get; init; } = true;

    /// <summary>Rows of an insert into the warehouse at most: few, so that there are many inserts, unless there is much to do.</summary>
    public int MaxBatchRows { get; init; } = 1_000;

    /// <summary>The one that was started first.</summary>
    public IHost Ingestor { get; private set; } = null!;

    public ClickHouseClient Warehouse => _clickHouse.Client;

    public string TopicPrefix => $"ops{_id}";

    public string Kafka => engines.Kafka;

    /// <summary>Where PostgreSQL and Kafka keep their files, those of other tests among them.</summary>
    public string StateFolder => engines.StateFolder;

    /// <summary>Where this one's ClickHouse keeps its files.</summary>
    public string WarehouseFolder => _clickHouse.DataFolder;

    public string WarehouseConnection =>
        $"Host={_clickHouse.Options.Endpoint.Host};Port={_clickHouse.Options.Endpoint.Port};"
        + $"Username={_clickHouse.Options.Username};Password=\"{_clickHouse.Options.Password}\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Settings => new()
    {
        [$"ConnectionStrings:{ConnectionNames.Oltp}"] = _oltpConnection,
        [$"ConnectionStrings:{ConnectionNames.Ingest}"] = _ledgerConnection,
        [$"ConnectionStrings:{ConnectionNames.Kafka}"] = engines.Kafka,
        [$"ConnectionStrings:{ConnectionNames.Warehouse}"] = WarehouseConnection,
        [SettingNames.KafkaProtocol] = KafkaDialect.Legacy,
        [SettingNames.KafkaTopicPrefix] = TopicPrefix,
        [SettingNames.KafkaRetentionDays] = "7",
        ["Ingestor:Group"] = $"group-{_id}",
    };

    private Dictionary<string, string> CommandEnvironment =>
        Settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);

    public async ValueTask InitializeAsync()
    {
        await engines.Migrated.CopyWarehouseAsync(_clickHouse.DataFolder);
        await _clickHouse.InitializeAsync();
        _oltpConnection = await engines.Migrated.CopyOltpAsync(CancellationToken.None);
        Oltp = NpgsqlDataSource.Create(_oltpConnection);
        _ledgerConnection = await engines.Migrated.CopyLedgerAsync(CancellationToken.None);
        Ledger = NpgsqlDataSource.Create(_ledgerConnection);
        if (!HasServices)
        {
            return;
        }

        await StartRelayAsync();
        Ingestor = await StartIngestorAsync();

        // What a test writes comes through the stream then, not in the snapshot.
        await WaitUntilAppliedAsync();
    }

    public Task<IHost> StartRelayAsync() => StartAsync(builder => builder.AddChangeCapture());

    /// <param name="substitute">Puts something else in the place of parts of the ingestor.</param>
    public Task<IHost> StartIngestorAsync(Action<IServiceCollection>? substitute = null) => StartAsync(builder =>
    {
        builder.AddIngestor();
        substitute?.Invoke(builder.Services);
    });

    public async Task StopAsync(IHost host)
    {
        _running.Remove(host);
        await host.StopAsync(Cancellation);
        host.Dispose();
    }

    /// <summary>Runs a command of Andi.Cli on these stores, as a process.</summary>
    internal Task<CommandLine.Outcome> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>The same, with more, or something else, in its environment.</summary>
    internal Task<CommandLine.Outcome> RunAsync(Dictionary<string, string> environment, params string[] arguments) => CommandLine.RunAsync(
        CommandFolder(),
        CommandEnvironment.Where(setting => !environment.ContainsKey(setting.Key)).Concat(environment).ToDictionary(),
        arguments);

    /// <summary>Runs a command of Andi.Cli on these stores and kills it (SIGKILL) after a while, unless it has ended.</summary>
    internal Task KillAsync(TimeSpan after, params string[] arguments) => CommandLine.KillAsync(CommandFolder(), CommandEnvironment, after, arguments);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Oltp.CreateCommand(sql);
        // A test may write a million rows at once.
        command.CommandTimeout = (int)WriteTimeout.TotalSeconds;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task ExecuteOnLedgerAsync(string sql)
    {
        await using var command = Ledger.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task<T> SourceAsync<T>(string sql)
    {
        await using var command = Oltp.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    public async Task<T> LedgerAsync<T>(string sql)
    {
        await using var command = Ledger.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    public Task WarehouseAsync(string sql) => Warehouse.ExecuteAsync(new ClickHouseStatement(sql), Cancellation);

    public Task<T> WarehouseAsync<T>(string sql)
        where T : IParsable<T> => Warehouse.ScalarAsync<T>(new ClickHouseStatement(sql), Cancellation);

    /// <summary>A connection string as services get it.</summary>
    public string ConnectionOf(string name) => Settings[$"ConnectionStrings:{name}"];

    /// <summary>Waits until every partition of the generation that readers see is applied at least as far as PostgreSQL's WAL reaches now.</summary>
    /// <param name="patience">A minute where it is not given.</param>
    public async Task WaitUntilAppliedAsync(TimeSpan? patience = null)
    {
        var end = await SourceAsync<string>("SELECT (pg_current_wal_flush_lsn() - 1)::text");
        var tables = await SourceAsync<long>("SELECT count(*) FROM pg_publication_tables WHERE pubname = 'andi'");
        Position.TryParse(end, out var position).ShouldBeTrue();
        var condition = $"""
            SELECT count(DISTINCT topic) = {tables} AND bool_and(NOT in_snapshot AND commit_lsn >= '{end}') FROM partitions
            WHERE is_mapped AND generation = (SELECT max(generation) FROM generations WHERE current_since IS NOT NULL)
            """;
        await WaitAsync($"the ingestor to apply {position}", () => LedgerAsync<bool>(condition), patience);
    }

    public static async Task WaitAsync(string what, Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        var deadline = DateTime.UtcNow + (patience ?? Patience);
        while (!await condition())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue($"waited {(patience ?? Patience).TotalSeconds} s for {what}");
            await Task.Delay(50, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _running)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        if (Oltp is not null)
        {
            await using (var drop = Oltp.CreateCommand(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()"))
            {
                await drop.ExecuteNonQueryAsync();
            }

            await Oltp.DisposeAsync();
        }

        if (Ledger is not null)
        {
            await Ledger.DisposeAsync();
        }

        await _clickHouse.DisposeAsync();
    }

    private string CommandFolder() => TestState.Empty($"cli-{_id}-{Guid.NewGuid():N}"[..24]);

    private async Task<IHost> StartAsync(Action<WebApplicationBuilder> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(Settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ChangeCapture:Slot"] = $"slot_{_id}",
            ["ChangeCapture:IdlePulseInterval"] = "00:00:00.400",
            ["ChangeCapture:StandbyInterval"] = "00:00:00.200",
            ["Ingestor:SessionTimeout"] = "00:00:06",
            ["Ingestor:MaxBatchRows"] = MaxBatchRows.ToString(CultureInfo.InvariantCulture),
            ["Generations:Grace"] = "00:00:05",
        });
        builder.Services.AddSingleton(TimeProvider.System);
        add(builder);
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        _running.Add(host);
        return host;
    }
}
