using System.Diagnostics;

namespace Andi.Bench.Measuring;

/// <summary>How long single requests took, in milliseconds. Of any threads.</summary>
internal sealed class Latencies
{
    private readonly List<double> _all = [];

    public int Count => _all.Count;

    public async Task TimeAsync(Func<Task> request)
    {
        var started = Stopwatch.GetTimestamp();
        await request();
        Add(Stopwatch.GetElapsedTime(started));
    }

    public void Add(TimeSpan taken)
    {
        lock (_all)
        {
            _all.Add(taken.TotalMilliseconds);
        }
    }

    /// <summary>Takes over what another one has.</summary>
    public void Add(Latencies other) => _all.AddRange(other._all);

    /// <param name="p">From 0 to 1.</param>
    public double At(double p)
    {
        double[] sorted = [.. _all.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(p * sorted.Length) - 1)];
    }

    /// <summary>One figure whose three values are p50, p95 and p99.</summary>
    public Figures Figures(string name) => new($"{name}: p50, p95, p99", "ms", [At(0.5), At(0.95), At(0.99)]);
}
