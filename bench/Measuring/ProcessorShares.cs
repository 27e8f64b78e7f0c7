using System.Globalization;

namespace Andi.Bench.Measuring;

/// <summary>Which processes of a group took how much processor time, those that they started included. As Linux counts it.</summary>
/// <param name="processes">Their names and ids.</param>
internal sealed class ProcessorShares(IReadOnlyDictionary<string, int> processes)
{
    private const double TicksPerSecond = 100;

    private readonly Dictionary<string, double> _before = Seconds(processes);

    /// <summary>Seconds since this was made, the largest first.</summary>
    public IReadOnlyList<(string Name, double Seconds)> Taken() =>
        [.. Seconds(processes).Select(now => (now.Key, now.Value - _before[now.Key])).OrderByDescending(taken => taken.Item2)];

    private static Dictionary<string, double> Seconds(IReadOnlyDictionary<string, int> processes)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder)).Where(name => char.IsAsciiDigit(name[0]))
            .Select(Read).Where(process => process is not null).ToDictionary(process => process!.Id, process => process!);
        return processes.ToDictionary(
            named => named.Key, named => all.Values.Where(process => IsOf(process, named.Value, all)).Sum(process => process.Seconds));
    }

    private static bool IsOf(Reading process, int ancestor, Dictionary<int, Reading> all) =>
        process.Id == ancestor || (all.TryGetValue(process.Parent, out var parent) && IsOf(parent, ancestor, all));

    // Fields behind the name, which stands in brackets: proc(5). Time of children that have ended and were waited for is the parent's.
    private static Reading? Read(string id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = Enumerable.Range(11, 4).Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture));
            return new(int.Parse(id, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Reading(int Id, int Parent, double Seconds);
}
