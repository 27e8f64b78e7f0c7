using System.Diagnostics;

namespace Andi.Simulation.Runs;

/// <summary>Runs many seeds, each a world of its own, on several threads, until one fails.</summary>
internal sealed class SeedRange(ulong first, long count, int threads)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private long _taken;
    private long _done;
    private long _steps;

    /// <summary>Of all seeds that were run.</summary>
    public FaultCounts Faults { get; } = new();

    public long Done => Interlocked.Read(ref _done);

    public long Steps => Interlocked.Read(ref _steps);

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>The failed seed with the lowest number among those that were run; null where all was right.</summary>
    public SeedRun? Failed { get; private set; }

    public void Run(WorldParts parts, Action<SeedRange> progress)
    {
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(parts)) { IsBackground = true }).ToList();
        workers.ForEach(worker => worker.Start());
        while (!workers.TrueForAll(worker => worker.Join(TimeSpan.FromSeconds(5) / threads)))
        {
            progress(this);
        }
    }

    private void Work(WorldParts parts)
    {
        var faults = new FaultCounts();
        for (var index = Interlocked.Increment(ref _taken) - 1; index < count && Failed is null; index = Interlocked.Increment(ref _taken) - 1)
        {
            var run = SeedRun.Of(first + (ulong)index, parts);
            faults.Add(run.Faults);
            Interlocked.Increment(ref _done);
            Interlocked.Add(ref _steps, run.Steps);
            if (run.Failure is not null)
            {
                lock (_lock)
                {
                    Failed = Failed is null || run.Seed < Failed.Seed ? run : Failed;
                }
            }
        }

        lock (_lock)
        {
            Faults.Add(faults);
        }
    }
}
