using System.Diagnostics;

namespace Andi.Bench.Measuring;

/// <summary>Seconds of processor time that processes have taken, of all their threads and cores.</summary>
internal static class ProcessorTime
{
    /// <summary>Since the process began.</summary>
    public static double SecondsOf(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime.TotalSeconds;
    }
}
