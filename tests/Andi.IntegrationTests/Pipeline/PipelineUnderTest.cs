using System.Globalization;
using Andi.ChangeEvents;
using Andi.Ingestor;
using Andi.Ingestor.Ledger;
using Andi.Oltp.ChangeCapture.Relay;
using Andi.Security;
using Andi.Testing;
using Andi.Topology;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Confluent.Kafka;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.IntegrationTests.Pipeline;

/// <summary>
/// The way from one PostgreSQL table to its landing table on the real engines: the product's relay and ingestor, each startable and stoppable, with
/// databases, topics, slot and table names of this test alone.
/// </summary>
internal sealed class PipelineUnderTest(IEngines engines) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _id = Guid.NewGuid().ToString("N")[..12];
    private readonly List<IHost> _running = [];
    private NpgsqlDataSource? _oltp;
    private NpgsqlDataSource? _ingest;
    private string? _folder;
    private string _oltpConnection = "";
    private string _ingestConnection = "";

    /// <summary>The table that the other members speak of; there may be more than one, see <see cref="CreateTableAsync"/>.</summary>
    public string Table { get; set; } = "";

    public string Slot => $"slot_{_id}";

    public string Topic => $"{TopicPrefix}.public.{Table}";

    /// <summary>The table's topic in a later generation.</summary>
    public string TopicOf(int generation) => $"{TopicPrefix}-{generation}.public.{Table}";

    public string DeadLetterTopic => $"{TopicPrefix}.dead-letters";

    public string LandingTable => $"staging.{Table}_changes";

    public ClickHouseClient Warehouse { get; } = new(ClickHouseOptions.Parse(engines.Warehouse), NullLogger<ClickHouseClient>.Instance);

    private string TopicPrefix => $"test{_id}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes the source table and the landing table. Columns are given for both sides, in the same order.</summary>
    public async Task CreateTablesAsync(string postgresColumns, string clickHouseColumns)
    {
        _oltpConnection = await engines.CreateDatabaseAsync(Cancellation);
        _ingestConnection = await engines.CreateDatabaseAsync(Cancellation);
        _oltp = NpgsqlDataSource.Create(_oltpConnection);
        _ingest = NpgsqlDataSource.Create(_ingestConnection);
        await LedgerSchema.MigrateAsync(_ingestConnection, Cancellation);
        await new WarehouseMigrator(
            Warehouse, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: Cancellation);
        Table = $"things_{_id}";
        await CreateTableAsync(Table, postgresColumns, clickHouseColumns);
        await ExecuteAsync($"CREATE PUBLICATION andi FOR TABLE {Table}");
    }

    /// <summary>Makes another table and its landing table; it is not published yet, and <see cref="Table"/> stays what it is.</summary>
    public async Task CreateTableAsync(string table, string postgresColumns, string clickHouseColumns)
    {
        await ExecuteAsync($"CREATE TABLE {table} ({postgresColumns}); ALTER TABLE {table} REPLICA IDENTITY FULL");
        await Warehouse.ExecuteAsync(new ClickHouseStatement($"""
            CREATE TABLE staging.{table}_changes
            (
                {clickHouseColumns},
                _sign Int8, _position UInt128, _txid UInt64, _deleted UInt8, _generation UInt32, _partition UInt16, _offset Int64,
                _committed_at DateTime64(6, 'UTC'), _ingested_at DateTime64(6, 'UTC'), _unmapped String, _fence Int64,
                CONSTRAINT not_fenced_off CHECK joinGet('ops.revoked_fences', 'revoked', '{table}_changes', _generation, _partition, _fence) = 0
            )
            ENGINE = MergeTree ORDER BY (_partition, _offset, _sign) SETTINGS non_replicated_deduplication_window = 10000
            """), Cancellation);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _oltp!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public string OltpConnection => _oltpConnection;

    public string IngestConnection => _ingestConnection;

    /// <param name="oltpConnection">Another connection string to the transactional database.</param>
    public Task<IHost> StartRelayAsync(string? oltpConnection = null) => StartAsync(builder =>
    {
        builder.Configuration[$"ConnectionStrings:{ConnectionNames.Oltp}"] = oltpConnection ?? _oltpConnection;
        builder.AddChangeCapture();
    });

    /// <param name="maxBatchRows">Small, so that there are many batches, unless there is much to do.</param>
    /// <param name="substitute">Puts something else in the place of parts of the ingestor.</param>
    public Task<IHost> StartIngestorAsync(int maxBatchRows = 1_000, Action<IServiceCollection>? substitute = null) => StartAsync(builder =>
    {
        builder.Configuration["Ingestor:MaxBatchRows"] = maxBatchRows.ToString(CultureInfo.InvariantCulture);
        builder.AddIngestor();
        substitute?.Invoke(builder.Services);
    });

    /// <summary>A relay as a process of its own, which can be stalled and measured. It listens, but may not stream yet, when this returns.</summary>
    /// <param name="others">Settings besides those of every relay here; they win.</param>
    public async Task<OltpProcess> StartRelayProcessAsync(params (string Name, string Value)[] others)
    {
        var settings = RelaySettings();
        settings[SettingNames.SigningKeyFile] = Path.Combine(_folder ??= TestState.Empty($"relay-{_id}"), "signing.key");
        SigningKey.ReadOrCreate(settings[SettingNames.SigningKeyFile]!);
        foreach (var (name, value) in others)
        {
            settings[name] = value;
        }

        return await OltpProcess.StartAsync(settings, Cancellation);
    }

    /// <summary>Waits until a relay reads from the slot.</summary>
    public Task WaitUntilRelayedAsync() => WaitAsync(
        "a relay", () => SourceAsync<bool>($"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{Slot}' AND active)"));

    public async Task StopAsync(IHost host)
    {
        _running.Remove(host);
        await host.StopAsync(Cancellation);
        host.Dispose();
    }

    /// <summary>
    /// Waits until every partition of the table's topic (of generation 1, unless another one is named) is applied at least as far as PostgreSQL's WAL
    /// reaches now.
    /// </summary>
    public async Task WaitUntilAppliedAsync(string? topic = null, TimeSpan? patience = null)
    {
        await using var end = _oltp!.CreateCommand("SELECT (pg_current_wal_flush_lsn() - 1)::text");
        Position.TryParse((string)(await end.ExecuteScalarAsync(Cancellation))!, out var position).ShouldBeTrue();
        await WaitAsync(
            $"the ingestor to apply {position}",
            async () => await LowestPositionAsync(topic) is { } lowest && lowest >= position,
            patience);
    }

    /// <summary>The lowest applied position over the topic's partitions; null while one is not known yet.</summary>
    public async Task<Position?> LowestPositionAsync(string? topic = null)
    {
        await using var command = _ingest!.CreateCommand("SELECT count(*), min(commit_lsn)::text FROM partitions WHERE topic = $1 AND NOT in_snapshot");
        command.Parameters.Add(new() { Value = topic ?? Topic });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        return reader.GetInt64(0) == 2 && Position.TryParse(reader.GetString(1), out var position) ? position : null;
    }

    /// <summary>One number from the landing table.</summary>
    public Task<decimal> LandedAsync(string expression) =>
        Warehouse.ScalarAsync<decimal>(new ClickHouseStatement($"SELECT {expression} FROM {LandingTable}"), Cancellation);

    /// <summary>The rows that stand after all retractions, as text, ordered: what PostgreSQL's rows must equal. Empty text for null.</summary>
    public async Task<string> StandingRowsAsync(params string[] columns)
    {
        var row = $"concat_ws('|', {string.Join(", ", columns.Select(column => $"ifNull(toString({column}), '')"))}) AS row";
        var wrong = await Warehouse.ScalarAsync<long>(
            new ClickHouseStatement($"SELECT count() FROM (SELECT {row} FROM {LandingTable} GROUP BY row HAVING sum(_sign) NOT IN (0, 1))"), Cancellation);
        wrong.ShouldBe(0, "a row stands twice, or was retracted more often than it was there");
        return await Warehouse.ScalarAsync<string>(
            new ClickHouseStatement(
                $"SELECT arrayStringConcat(arraySort(groupArray(row)), '\n') FROM (SELECT {row} FROM {LandingTable} GROUP BY row HAVING sum(_sign) > 0)"),
            Cancellation);
    }

    public async Task<string> SourceRowsAsync(params string[] columns)
    {
        var row = $"concat_ws('|', {string.Join(", ", columns.Select(column => $"coalesce(({column})::text, '')"))}) AS row";
        await using var command = _oltp!.CreateCommand(
            $"SELECT coalesce(string_agg(row, E'\n' ORDER BY row COLLATE \"C\"), '') FROM (SELECT {row} FROM {Table}) AS rows");
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    public async Task<T> SourceAsync<T>(string sql)
    {
        await using var command = _oltp!.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>The same; null where it has none.</summary>
    public async Task<T?> SourceOrNullAsync<T>(string sql)
        where T : class
    {
        await using var command = _oltp!.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation) as T;
    }

    /// <summary>Runs a statement on the ingestors' ledger; its first value, null where it has none.</summary>
    public async Task<T?> LedgerAsync<T>(string sql)
    {
        await using var command = _ingest!.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync(Cancellation);
    }

    /// <summary>Sends every dead letter through its partition again, as the command line does, also those that were replayed before.</summary>
    public async Task ReplayDeadLettersAsync()
    {
        using var consumer = engines.KafkaConsumer<byte[]?, byte[]?>();
        using var producer = engines.KafkaProducer<byte[]?, byte[]>();
        await using var letters = _ingest!.CreateCommand("SELECT topic, partition, \"offset\" FROM dead_letters ORDER BY 1, 2, 3");
        await using var letter = await letters.ExecuteReaderAsync(Cancellation);
        while (await letter.ReadAsync(Cancellation))
        {
            var place = new TopicPartitionOffset(letter.GetString(0), letter.GetInt32(1), letter.GetInt64(2));
            consumer.Assign(place);
            var original = consumer.Consume(TimeSpan.FromSeconds(10)).ShouldNotBeNull().Message.Value.ShouldNotBeNull();
            await producer.ProduceAsync(place.TopicPartition, new() { Value = new ReplayMessage(place.Offset, original).ToBytes() }, Cancellation);
        }
    }

    public static async Task WaitAsync(string what, Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        var deadline = DateTime.UtcNow + (patience ?? Patience);
        while (!await condition())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue($"waited {(patience ?? Patience).TotalSeconds} s for {what}");
            await Task.Delay(25, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _running.ToList())
        {
            await StopAsync(host);
        }

        if (_oltp is not null)
        {
            await ExecuteAsync($"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name LIKE '{Slot}%'");
            await _oltp.DisposeAsync();
            await _ingest!.DisposeAsync();
        }

        Warehouse.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<IHost> StartAsync(Action<WebApplicationBuilder> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(RelaySettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            [$"ConnectionStrings:{ConnectionNames.Warehouse}"] = engines.Warehouse,
            ["Ingestor:Group"] = $"group-{_id}",
            ["Ingestor:SessionTimeout"] = "00:00:06",
        });
        builder.Services.AddSingleton(TimeProvider.System);
        add(builder);
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        _running.Add(host);
        return host;
    }

    private Dictionary<string, string?> RelaySettings() => new()
    {
        [$"ConnectionStrings:{ConnectionNames.Oltp}"] = _oltpConnection,
        [$"ConnectionStrings:{ConnectionNames.Ingest}"] = _ingestConnection,
        [$"ConnectionStrings:{ConnectionNames.Kafka}"] = engines.Kafka,
        [SettingNames.KafkaProtocol] = KafkaDialect.Legacy,
        [SettingNames.KafkaTopicPrefix] = TopicPrefix,
        ["ChangeCapture:Slot"] = Slot,
        ["ChangeCapture:IdlePulseInterval"] = "00:00:00.400",
        ["ChangeCapture:StandbyInterval"] = "00:00:00.200",
    };
}
