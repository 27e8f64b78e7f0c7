using System.Diagnostics;
using Andi.Bench.Measuring;
using Andi.Bench.Results;
using Andi.Bench.Setting;

namespace Andi.Bench;

/// <summary>Runs the chosen parts one after the other and keeps what they found.</summary>
internal static class BenchRun
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<IBenchmark> Parts { get; } =
    [
        new Relay.RelayBenchmark(),
        new Relay.TwoSlotsBenchmark(),
        new Ingest.IngestBenchmark(),
        new Freshness.FreshnessBenchmark(),
        new Import.ImportBenchmark(),
        new Queries.QueriesBenchmark(),
        new Storage.StorageBenchmark(),
        new Client.ClientBenchmark(),
    ];

    /// <returns>0, or 1 where a part could not be measured. A target that is missed is no error: it stands in the results.</returns>
    public static async Task<int> RunAsync(BenchOptions options)
    {
        using var cancel = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            cancel.Cancel();
        };
        var settings = new List<BenchSetting>();
        try
        {
            return await RunAsync(options, settings, cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 1;
        }
        finally
        {
            settings.ForEach(setting => setting.DropData());
        }
    }

    private static async Task<int> RunAsync(BenchOptions options, List<BenchSetting> settings, CancellationToken cancellationToken)
    {
        var machine = Machine.Describe();
        var results = options.Results is null ? null : new ResultsFile(options.Results);
        var failed = false;
        foreach (var part in options.Parts)
        {
            Console.WriteLine($"== {part.Name}: {part.Question}");
            var started = Stopwatch.GetTimestamp();
            try
            {
                await using var setting = new BenchSetting(part.Name, options);
                settings.Add(setting);
                var result = await part.RunAsync(setting, cancellationToken);
                var kept = new KeptResult(part.Name, part.Question, TimeProvider.System.GetUtcNow(), Stopwatch.GetElapsedTime(started), machine, result);
                Console.WriteLine(ResultsText.Of(kept));
                results?.Keep(kept);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Console.Error.WriteLine($"{part.Name} could not be measured: {exception}");
                failed = true;
            }
        }

        return failed ? 1 : 0;
    }
}
