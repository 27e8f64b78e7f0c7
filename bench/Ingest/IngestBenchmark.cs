using Andi.Bench.Measuring;
using Andi.Bench.Setting;

namespace Andi.Bench.Ingest;

/// <summary>The ingestor beside ClickHouse alone and Kafka alone.</summary>
internal sealed class IngestBenchmark : IBenchmark
{
    private const int EventCount = 5_000_000;
    private const double MemoryLimitMb = 300;

    public string Name => "ingest";

    public string Question =>
        "5,000,000 events that wait in Kafka, into the landing table and all views of assessments: the ingestor, beside the same rows inserted from memory, "
        + "a consumer that only reads, and ClickHouse's own Kafka engine.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        List<double> inserted = [], ingested = [], read = [], parsed = [], memory = [];
        var rows = 0L;
        var partitions = 0;
        for (var run = 1; run <= setting.Options.Runs; run++)
        {
            // Each on stores of its own, alike in age and fill.
            string sum;
            await using (var stores = await IngestStores.StartAsync(setting, cancellationToken))
            {
                partitions = stores.Topic.CountPartitions();
                var blocks = await PreparedBlocks.MakeAsync(Events(setting, partitions), await stores.LandingTableAsync(cancellationToken), cancellationToken);
                rows = blocks.Rows;
                var shares = stores.Shares();
                inserted.Add(Rate(setting, await Stopwatches.SecondsAsync(() => blocks.InsertAsync(stores.Warehouse, run, cancellationToken))));
                setting.Tell($"run {run}: inserted {inserted[^1]:N0} events/s; processor seconds: {Text(shares.Taken())}");
                sum = await stores.SumAsync(cancellationToken);
            }

            await using (var stores = await IngestStores.StartAsync(setting, cancellationToken))
            {
                var events = Events(setting, partitions);
                var waiting = stores.Topic.CountMessages(partitions) + events.Count;
                stores.Topic.Fill(events);
                var (seconds, inserts, peakMb, taken) = await stores.IngestAsync(waiting, cancellationToken);
                ingested.Add(Rate(setting, seconds));
                memory.Add(peakMb);
                setting.Tell(
                    $"run {run}: ingested {ingested[^1]:N0} events/s in {inserts} inserts, {peakMb:0} MB; "
                    + $"processor seconds, its start included: {Text(taken)}");
                Check("ingestor", sum, await stores.SumAsync(cancellationToken));
                read.Add(Rate(setting, await Stopwatches.SecondsAsync(() => Task.Run(() => stores.Topic.ReadAll(partitions), cancellationToken))));
            }

            await using (var stores = await IngestStores.StartAsync(setting, cancellationToken))
            {
                stores.Topic.Fill(Events(setting, partitions));
                var engine = new ClickHouseKafka(stores.Warehouse, stores.Kafka, stores.Topic.Name);
                parsed.Add(Rate(setting, await Stopwatches.SecondsAsync(() => engine.IngestAsync(rows, cancellationToken))));
                await engine.StopAsync(cancellationToken);
                Check("Kafka engine", sum, await stores.SumAsync(cancellationToken));
            }

            setting.Tell($"run {run}: a consumer alone {read[^1]:N0}, ClickHouse's Kafka engine {parsed[^1]:N0} events/s");
        }

        var floor = new Figures("the same rows inserted from memory, as Native blocks", "events/s", inserted);
        var andi = new Figures("ingestor", "events/s", ingested);
        var peer = new Figures("ClickHouse's Kafka engine with a materialized view", "events/s", parsed);
        var resident = new Figures("ingestor: resident memory at most", "MB", memory);
        return new PartResult(
            [floor, andi, peer, new("a consumer that only reads", "events/s", read), resident],
            [
                Goal.AtLeast(0.65, andi.Over(floor, "ingestor over inserts from memory")),
                Goal.AtLeast(1.2, andi.Over(peer, "ingestor over ClickHouse's Kafka engine")),
                Goal.AtMost(MemoryLimitMb, resident),
            ],
            [
                $"{setting.Options.Sized(EventCount):N0} events, {rows:N0} rows: seven new scores, then three corrections, and so on; a classroom of 30 takes "
                + $"a test on one day. {partitions} partitions. Timed from the ingestor's take-over of the first partition to the last batch noted as applied, "
                + "by the ledger's own times. The floor sends blocks of the same size with the same settings, as many at a time as there are partitions. "
                + "Each is measured on fresh stores; sums over rows and aggregates are compared after each.",
            ]);
    }

    private static ScoreEvents Events(BenchSetting setting, int partitions) => new(setting.Options.Sized(EventCount), partitions);

    private static double Rate(BenchSetting setting, double seconds) => setting.Options.Sized(EventCount) / seconds;

    private static string Text(IEnumerable<(string Name, double Seconds)> taken) => string.Join(", ", taken.Select(one => $"{one.Name} {one.Seconds:0.0}"));

    private static void Check(string who, string expected, string sum)
    {
        if (sum != expected)
        {
            throw new InvalidOperationException($"The {who} left other rows and aggregates ({sum}) than the inserts ({expected}).");
        }
    }
}
