using System.Diagnostics;

namespace Andi.Bench.Measuring;

/// <summary>Times work, and CPU of processes meanwhile.</summary>
internal static class Stopwatches
{
    /// <summary>Seconds that the work took.</summary>
    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
