using System.Diagnostics;
using Andi.Bench.Measuring;

namespace Andi.Bench.Queries;

/// <summary>How long single requests took, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<double> _all = [];

    public async Task TimeAsync(Func<Task> request)
    {
        var started = Stopwatch.GetTimestamp();
        await request();
        var taken = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        lock (_all)
        {
            _all.Add(taken);
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
