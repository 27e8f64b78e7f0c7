using System.Globalization;

namespace Andi.Bench.Setting;

/// <summary>How much memory a process held at most, as Linux counts it.</summary>
internal static class ResidentPeak
{
    /// <summary>Megabytes, since the process began.</summary>
    public static double MbOf(int processId)
    {
        const string Key = "VmHWM:";
        var line = File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith(Key, StringComparison.Ordinal));
        return double.Parse(line[Key.Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
