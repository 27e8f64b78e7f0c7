using Andi.Bench.Measuring;
using Andi.Bench.Setting;
using Andi.Ingestor;
using Andi.Ingestor.Landing;
using Andi.Kafka;
using Andi.Sql;
using Andi.Topology;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Bench.Ingest;

/// <summary>The ingestor beside ClickHouse alone and Kafka alone.</summary>
internal sealed class IngestBenchmark : IBenchmark
{
    private const int Events = 5_000_000;
    private const double MemoryLimitMb = 300;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public string Name => "ingest";

    public string Question =>
        "5,000,000 events that wait in Kafka, into the landing table and all views of assessments: the ingestor, beside the same rows inserted from memory, a consumer that only reads, and ClickHouse parsing the same JSON itself.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var topology = await setting.StartAsync(options => options, cancellationToken);
        await using (var database = NpgsqlDataSource.Create(topology.Run.Postgres))
        {
            // Then the relay has made its topics, and the ingestor knows them.
            await Readers.SeeAllAsync(topology, database, Limit, cancellationToken);
        }

        await topology.Processes.StopAsync(ResourceNames.AnalyticsApi);
        await topology.Processes.StopAsync(ResourceNames.OltpApi);
        await topology.Processes.StopAsync(ResourceNames.Ingestor);
        var kafka = new KafkaConnection(topology.Run.Kafka, topology.Run.KafkaProtocol != "modern", "andi");
        var topic = new EventTopic(kafka);
        var events = new ScoreEvents(setting.Options.Sized(Events), topic.CountPartitions());
        // The relay may have sent heartbeats before it was stopped.
        var end = topic.CountMessages(events.Partitions) + events.Count;
        var sendSeconds = await Stopwatches.SecondsAsync(() => Task.Run(() => topic.Fill(events), cancellationToken));
        setting.Tell($"{events.Count:N0} events are in Kafka after {sendSeconds:0} s");

        var connection = ClickHouseOptions.Parse(topology.Run.ConnectionStrings[ConnectionNames.Warehouse]);
        using var warehouse = new ClickHouseClient(connection, NullLogger<ClickHouseClient>.Instance);
        await using var ledger = NpgsqlDataSource.Create(topology.Run.ConnectionStrings[ConnectionNames.Ingest]);
        var tables = new LandingTables(warehouse);
        await tables.RefreshAsync(cancellationToken);
        var blocks = await PreparedBlocks.MakeAsync(events, tables.Find("scores")!, cancellationToken);
        var json = new JsonInsert(events, new IngestorOptions().MaxBatchRows);
        setting.Tell($"{blocks.Rows:N0} rows are in memory");

        List<double> inserted = [], ingested = [], read = [], parsed = [], memory = [];
        for (var run = 1; run <= setting.Options.Runs; run++)
        {
            await EmptyAsync();
            inserted.Add(events.Count / await Stopwatches.SecondsAsync(() => blocks.InsertAsync(warehouse, run, cancellationToken)));
            var sum = await SumAsync();
            setting.Tell($"run {run}: inserted {inserted[^1]:N0} events/s");
            await EmptyAsync();
            var (seconds, peak) = await IngestAsync();
            ingested.Add(events.Count / seconds);
            memory.Add(peak);
            setting.Tell($"run {run}: ingested {ingested[^1]:N0} events/s, {peak:0} MB");
            if (await SumAsync() is var other && other != sum)
            {
                throw new InvalidOperationException($"The ingestor left other aggregates ({other}) than the inserts ({sum}).");
            }

            read.Add(events.Count / await Stopwatches.SecondsAsync(() => Task.Run(() => topic.ReadAll(events.Partitions), cancellationToken)));
            await EmptyAsync();
            await JsonInsert.CreateAsync(warehouse, cancellationToken);
            parsed.Add(events.Count / await Stopwatches.SecondsAsync(() => json.RunAsync(warehouse, cancellationToken)));
            if (await SumAsync() is var third && third != sum)
            {
                throw new InvalidOperationException($"ClickHouse's own parsing left other aggregates ({third}) than the inserts ({sum}).");
            }

            setting.Tell($"run {run}: read {read[^1]:N0}, parsed by ClickHouse {parsed[^1]:N0} events/s");
        }

        var floor = new Figures("the same rows inserted from memory, as Native blocks", "events/s", inserted);
        var andi = new Figures("ingestor", "events/s", ingested);
        var peer = new Figures("ClickHouse parses the same JSON (JSONEachRow)", "events/s", parsed);
        var resident = new Figures("ingestor: resident memory at most", "MB", memory);
        return new PartResult(
            [floor, andi, peer, new("a consumer that only reads", "events/s", read), resident],
            [
                Goal.AtLeast(0.65, andi.Over(floor, "ingestor over inserts from memory")),
                Goal.AtLeast(1.2, andi.Over(peer, "ingestor over ClickHouse's own parsing")),
                Goal.AtMost(MemoryLimitMb, resident),
            ],
            [
                $"{events.Count:N0} events, {blocks.Rows:N0} rows: seven new scores, then three corrections, and so on; a classroom of 30 takes a test on one day. {events.Partitions} partitions. Timed from "
                + "the ingestor's take-over of the first partition to the last batch noted as applied, by the ledger's own times. The floor sends blocks of the same size with the same settings, as many at a time as there are partitions. "
                + "After each run sums over the aggregates are compared.",
            ]);

        async Task EmptyAsync()
        {
            foreach (var database in new[] { "bench", "staging", "facts", "agg", "dims", "ops" })
            {
                await warehouse.ExecuteAsync(new($"DROP DATABASE IF EXISTS {database} SYNC") { Timeout = Limit }, cancellationToken);
            }

            await new WarehouseMigrator(warehouse, connection, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance).MigrateAsync(cancellationToken: cancellationToken);
        }

        async Task<(double Seconds, double PeakMb)> IngestAsync()
        {
            await using var again = ledger.CreateCommand(EmbeddedSql.Read("Ingest/Sql/ledger_again.sql"));
            await again.ExecuteNonQueryAsync(cancellationToken);
            await topology.Processes.StartAsync(ResourceNames.Ingestor, cancellationToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            while (true)
            {
                await using var command = ledger.CreateCommand(EmbeddedSql.Read("Ingest/Sql/ledger_progress.sql"));
                command.Parameters.AddInOrder(topic.Name);
                await using var row = await command.ExecuteReaderAsync(limit.Token);
                await row.ReadAsync(limit.Token);
                var (applied, seconds, inserts) = (row.GetInt64(0), row.GetDouble(1), row.GetInt64(2));
                if (applied >= end)
                {
                    setting.Tell($"{seconds:0.0} s, {inserts} inserts");
                    var peak = ResidentPeak.MbOf(topology.Processes.Id(ResourceNames.Ingestor));
                    await topology.Processes.StopAsync(ResourceNames.Ingestor);
                    return (seconds, peak);
                }

                await Task.Delay(Poll, limit.Token);
            }
        }

        async Task<string> SumAsync() => await warehouse.ScalarAsync<string>(new(EmbeddedSql.Read("Ingest/Sql/aggregates_sum.sql")) { Timeout = Limit }, cancellationToken);
    }
}
