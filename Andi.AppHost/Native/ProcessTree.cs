using System.Globalization;
using Andi.AppHost.Engines;

namespace Andi.AppHost.Native;

/// <summary>A process and everything it started, whatever sessions and process groups they made for themselves (each backend of PostgreSQL does).</summary>
internal static class ProcessTree
{
    /// <summary>Halts all of it. From the top: a halted parent starts no more children.</summary>
    public static void Suspend(int root)
    {
        Signals.Send(root, StopSignal.Suspend);
        Send(Descendants(root), StopSignal.Suspend);
    }

    /// <summary>Lets all of it go on.</summary>
    public static void Resume(int root)
    {
        Send(Descendants(root), StopSignal.Resume);
        Signals.Send(root, StopSignal.Resume);
    }

    /// <summary>Kills all of it as a machine that loses its power would: no process sees another one die first.</summary>
    public static void Kill(int root)
    {
        Signals.Send(root, StopSignal.Suspend);
        var descendants = Descendants(root);
        Signals.SendToGroup(root, StopSignal.Kill);
        Send(descendants, StopSignal.Kill);
    }

    private static void Send(IEnumerable<int> processes, StopSignal signal)
    {
        foreach (var process in processes)
        {
            Signals.Send(process, signal);
        }
    }

    private static List<int> Descendants(int root)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0)
            .ToLookup(ParentOf);
        List<int> found = [.. children[root]];
        for (var next = 0; next < found.Count; next++)
        {
            found.AddRange(children[found[next]]);
        }

        return found;
    }

    // Field 4 of /proc/{pid}/stat, counted after the name, which is in parentheses and may hold anything. 0: it has ended meanwhile.
    private static int ParentOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
