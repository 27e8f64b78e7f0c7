using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Andi.Bench.Measuring;
using Andi.Bench.Setting;
using Andi.Testing;
using Andi.Topology;

namespace Andi.Bench.Freshness;

/// <summary>A steady load of writes, and what came of it, run by run.</summary>
/// <param name="isByClassroom">Whether a request holds the scores of a whole classroom.</param>
internal sealed class Load(bool isByClassroom)
{
    private const int Writers = 32;
    private const double MostMs = 500;

    private static readonly string[] Measurable =
    [
        ResourceNames.OltpApi, ResourceNames.Postgres, ResourceNames.KafkaBroker, ResourceNames.Ingestor, ResourceNames.ClickHouse, ResourceNames.AnalyticsApi,
    ];

    private readonly List<double> _rates = [];
    private readonly List<double> _medians = [];
    private readonly List<double> _p95s = [];
    private readonly List<double> _p99s = [];

    public string Name => isByClassroom ? "by classroom" : "one by one";

    public IReadOnlyList<Figures> Measured =>
    [
        Rates, new($"commit to visible, p50, {Name}", "ms", _medians), P95s, new($"commit to visible, p99, {Name}", "ms", _p99s),
    ];

    public IReadOnlyList<Goal> Goals => [Goal.AtMost(MostMs, P95s), Goal.AtLeast(FreshnessBenchmark.WritesPerSecond * 0.99, Rates)];

    /// <summary>The last run in a line.</summary>
    public string Last => $"{_rates[^1]:N0} scores/s, p50 {_medians[^1]:0} ms, p95 {_p95s[^1]:0} ms, p99 {_p99s[^1]:0} ms; {Profile}";

    /// <summary>Who took the processors' time in the last run, for each score.</summary>
    public string Profile { get; private set; } = "";

    private Figures Rates => new($"scores written, {Name}", "scores/s", _rates);

    private Figures P95s => new($"commit to visible, p95, {Name}", "ms", _p95s);

    public async Task RunAsync(RunningAndi topology, int seconds, CancellationToken cancellationToken)
    {
        using var oltp = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Writers })
        {
            BaseAddress = new Uri(topology.Run.Oltp!),
            Timeout = FreshnessBenchmark.Limit,
        };
        oltp.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", topology.Run.Tokens.Admin);
        using var analytics = Readers.Client(topology);
        var scoresPerRequest = isByClassroom ? ScoreWriter.StudentsPerClassroom : 1;
        var perSecond = FreshnessBenchmark.WritesPerSecond / (double)scoresPerRequest;
        var warmUp = (long)(perSecond * FreshnessBenchmark.WarmUpSeconds);
        var count = warmUp + (long)(perSecond * seconds);
        var sampledEvery = Math.Max(1, (long)(perSecond / FreshnessBenchmark.SamplesPerSecond));
        var writer = new ScoreWriter(oltp, FreshnessBenchmark.Districts * FreshnessBenchmark.StudentsPerDistrict, count, isByClassroom);
        var delays = new Latencies();
        var reads = new ConcurrentBag<Task>();
        var next = -1L;
        var shares = new ProcessorShares(Measurable.ToDictionary(name => name, topology.Processes.IdOf));
        var ownBefore = ProcessorTime.SecondsOf(Environment.ProcessId);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync, cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.WhenAll(reads);
        Profile = Describe(shares.Taken(), ProcessorTime.SecondsOf(Environment.ProcessId) - ownBefore, count * scoresPerRequest);
        _rates.Add(count * scoresPerRequest / elapsed);
        _medians.Add(delays.At(0.50));
        _p95s.Add(delays.At(0.95));
        _p99s.Add(delays.At(0.99));

        async Task WriteAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                // Not earlier than it is due; a writer that is late does not wait.
                var early = TimeSpan.FromSeconds(number / perSecond) - Stopwatch.GetElapsedTime(began);
                if (early > TimeSpan.FromMilliseconds(1))
                {
                    await Task.Delay(early, cancellationToken);
                }

                var written = await writer.WriteAsync(number, cancellationToken);
                if (number >= warmUp && number % sampledEvery == 0)
                {
                    reads.Add(SeeAsync(analytics, written, delays, cancellationToken));
                }
            }
        }
    }

    // Asked again where the API has waited as long as it waits.
    private static async Task SeeAsync(HttpClient analytics, WrittenScore written, Latencies delays, CancellationToken cancellationToken)
    {
        var committed = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(committed) < FreshnessBenchmark.Limit)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/classrooms/{written.TeacherId}/scores?schoolYear=2025&testId={written.TestId}");
            request.Headers.Add("Andi-At-Least", written.Position);
            using var answer = await analytics.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                delays.Add(Stopwatch.GetElapsedTime(committed));
                return;
            }

            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                throw new InvalidOperationException($"A write was not to be seen: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }

        throw new TimeoutException($"A write was not to be seen within {FreshnessBenchmark.Limit}.");
    }

    private string Describe(IReadOnlyList<(string Name, double Seconds)> taken, double own, long scores)
    {
        var all = taken.Append(("this load", own)).Select(share => (share.Item1, Ms: share.Item2 * 1000 / scores)).ToList();
        var sum = all.Sum(share => share.Ms);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Scores {Name}: {sum:0.00} ms of processor a score ({string.Join(", ", all.Select(share => $"{share.Item1} {share.Ms:0.00}"))}); "
            + $"{Environment.ProcessorCount} cores allow {Environment.ProcessorCount * 1000 / sum:N0} a second.");
    }
}
