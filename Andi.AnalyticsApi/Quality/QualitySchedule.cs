using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using Andi.Sql;
using Andi.Warehouse.Client;
using Andi.Warehouse.DataTests;
using Microsoft.Extensions.Options;

namespace Andi.AnalyticsApi.Quality;

/// <summary>Section <c>Quality</c> of the configuration.</summary>
internal sealed class QualityOptions
{
    public const string Section = "Quality";

    /// <summary>
    /// How long after a run of the data tests the next one begins, whichever host ran them; default a quarter of an hour. They read whole tables.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How often a test must fail, one time after the other, to have failed; default 3 (<see cref="Warehouse.DataTests.DataTestRun.Attempts"/>).
    /// </summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    /// <summary>How long after a test failed it is run again; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Runs all data tests again and again. When is told by their results, so that several hosts, or one that is started often, run them no oftener than one would.
/// </summary>
internal sealed partial class QualitySchedule(ClickHouseClient warehouse, IOptions<QualityOptions> options, TimeProvider time,
    ILogger<QualitySchedule> logger) : BackgroundService
{
    private static readonly string LastRunSql = EmbeddedSql.Read("Quality/Sql/last_run.sql");
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<DataTest> _tests = DataTest.All();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the host.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var last = DateTimeOffset.FromUnixTimeMilliseconds(await warehouse.ScalarAsync<long>(new(LastRunSql), stoppingToken));
                var pause = last + options.Value.Interval - time.GetUtcNow();
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, time, stoppingToken);
                    continue;
                }

                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Most often a warehouse that is not migrated yet.
                LogNotRun(failure, AfterFailure.TotalSeconds);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var run = new DataTestRun(warehouse, time) { Attempts = options.Value.Attempts, RetryDelay = options.Value.RetryDelay };
        var results = new List<DataTestResult>();
        foreach (var test in _tests)
        {
            var result = await run.RunAsync(test, cancellationToken);
            results.Add(result);
            QualityMetrics.Record(result);
            if (result.Status != DataTestResult.Passed)
            {
                LogNotPassed(result.Test, result.Status, result.FailingRows, result.Message);
            }
        }

        await run.KeepAsync(results, cancellationToken);
    }

    [LoggerMessage(3401, LogLevel.Warning, "Data test {Test}: {Status}, {FailingRows} rows. {Message}")]
    private partial void LogNotPassed(string test, string status, long failingRows, string message);

    [LoggerMessage(3402, LogLevel.Warning, "The data tests were not run; again in {Seconds} s.")]
    private partial void LogNotRun(Exception failure, double seconds);
}

/// <summary>What the data tests found last, for dashboards and alerts.</summary>
internal static class QualityMetrics
{
    private static readonly Meter Meter = new("Andi.Quality");
    private static readonly Gauge<long> FailingRows = Meter.CreateGauge<long>("andi.data_test.failing_rows", "{row}",
        "Rows that fail a data test; 0 where it passed.");
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("andi.data_test.runs", "{run}", "Runs of data tests, by how they ended.");

    public static void Record(DataTestResult result)
    {
        FailingRows.Record(result.FailingRows, new("andi.data_test.name", result.Test), new("andi.data_test.table", result.TestedTable));
        Runs.Add(1, new("andi.data_test.name", result.Test), new("andi.data_test.status", result.Status));
    }
}
