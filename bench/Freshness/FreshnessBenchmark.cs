extern alias apphost;

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Andi.Bench.Measuring;
using Andi.Bench.School;
using Andi.Bench.Setting;
using Andi.Sql;
using apphost::Andi.AppHost.Native;
using Npgsql;

namespace Andi.Bench.Freshness;

/// <summary>From the commit of a write to the aggregate that shows it, under a steady load of writes over HTTP.</summary>
internal sealed class FreshnessBenchmark : IBenchmark
{
    private const int WritesPerSecond = 2_000;
    private const int Seconds = 60;
    private const int WarmUpSeconds = 10;
    private const int Writers = 32;
    private const int SampledEvery = 100;
    private const int Districts = 20;
    private const int StudentsPerDistrict = 3_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public string Name => "freshness";

    public string Question =>
        "Writes over HTTP, one score each, and the time from the answer of a write, which comes with its commit, to the answer of the classroom's aggregate that has it.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var seconds = setting.Options.Sized(Seconds);
        List<double> rates = [], medians = [], p95s = [], p99s = [];
        for (var run = 1; run <= setting.Options.Runs; run++)
        {
            var topology = await setting.StartAsync(options => options, cancellationToken);
            await using var database = NpgsqlDataSource.Create(topology.Run.Postgres);
            await new SchoolSystem(database, Districts).CreateAsync(cancellationToken);
            await Readers.SeeAllAsync(topology, database, Limit, cancellationToken);
            var (rate, delays) = await LoadAsync(topology, seconds, cancellationToken);
            await Readers.SeeAllAsync(topology, database, Limit, cancellationToken);
            await CompareAsync(topology, database, cancellationToken);
            rates.Add(rate);
            medians.Add(delays.At(0.50));
            p95s.Add(delays.At(0.95));
            p99s.Add(delays.At(0.99));
            setting.Tell($"run {run}: {rate:N0} writes/s, p50 {medians[^1]:0} ms, p95 {p95s[^1]:0} ms, p99 {p99s[^1]:0} ms of {delays.Count}");
            await topology.StopAsync();
        }

        var p95 = new Figures("commit to visible, p95", "ms", p95s);
        var written = new Figures("writes", "writes/s", rates);
        return new PartResult(
            [written, new("commit to visible, p50", "ms", medians), p95, new("commit to visible, p99", "ms", p99s)],
            [Goal.AtMost(500, p95), Goal.AtLeast(WritesPerSecond * 0.99, written)],
            [
                $"{WritesPerSecond:N0} writes a second are begun, whether or not earlier ones have been answered, for {seconds} s after {WarmUpSeconds} s of the same that do not count; of ten seven are new scores, three corrections. Every "
                + $"{SampledEvery}th write is followed by a read of its classroom that asks for at least the write's position. The load runs on the same cores. In the end the count and the sum of every classroom "
                + "and test are compared with PostgreSQL's rows: no difference, or there is no result.",
            ]);
    }

    private static async Task<(double Rate, Latencies Delays)> LoadAsync(NativeTopology topology, int seconds, CancellationToken cancellationToken)
    {
        using var oltp = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Writers }) { BaseAddress = new Uri(topology.Run.Oltp!), Timeout = Limit };
        oltp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", topology.Run.Tokens.Admin);
        using var analytics = Readers.Client(topology);
        var delays = new Latencies();
        var reads = new ConcurrentBag<Task>();
        var warmUp = (long)WritesPerSecond * WarmUpSeconds;
        var count = warmUp + ((long)WritesPerSecond * seconds);
        var writer = new ScoreWriter(oltp, Districts * StudentsPerDistrict, count);
        var next = -1L;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync, cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.WhenAll(reads);
        return (count / elapsed, delays);

        async Task WriteAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                // Not earlier than it is due; a writer that is late does not wait.
                var early = TimeSpan.FromSeconds(number / (double)WritesPerSecond) - Stopwatch.GetElapsedTime(began);
                if (early > TimeSpan.FromMilliseconds(1))
                {
                    await Task.Delay(early, cancellationToken);
                }

                var written = await writer.WriteAsync(number, cancellationToken);
                if (number >= warmUp && number % SampledEvery == 0)
                {
                    reads.Add(SeeAsync(written, Stopwatch.GetTimestamp()));
                }
            }
        }

        async Task SeeAsync(WrittenScore written, long committed)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/classrooms/{written.TeacherId}/scores?schoolYear=2025&testId={written.TestId}");
            request.Headers.Add("Andi-At-Least", written.Position);
            using var answer = await analytics.SendAsync(request, cancellationToken);
            delays.Add(Stopwatch.GetElapsedTime(committed));
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"A write was not to be seen: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    private static async Task CompareAsync(NativeTopology topology, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        using var warehouse = topology.OpenWarehouse();
        var stands = (await warehouse.QueryAsync(new(EmbeddedSql.Read("Freshness/Sql/warehouse_classrooms.sql")), FreshnessJson.Default.ClassroomLine, cancellationToken))
            .Select(row => row.Line).ToHashSet();
        var should = new HashSet<string>();
        await using var command = database.CreateCommand(EmbeddedSql.Read("Freshness/Sql/source_classrooms.sql"));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            should.Add(row.GetString(0));
        }

        should.SymmetricExceptWith(stands);
        if (should.Count > 0 || stands.Count == 0)
        {
            throw new InvalidOperationException($"Aggregates differ from PostgreSQL's rows, for instance {should.FirstOrDefault()}.");
        }
    }
}

/// <param name="Line">Teacher, test, how many scores, their sum in hundredths.</param>
internal sealed record ClassroomLine(string Line);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClassroomLine))]
internal sealed partial class FreshnessJson : JsonSerializerContext;
