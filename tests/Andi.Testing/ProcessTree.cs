using System.Globalization;
using System.Runtime.InteropServices;

namespace Andi.Testing;

/// <summary>
/// A process and everything it started, whatever sessions and process groups they made for themselves (each backend of PostgreSQL does). Linux only.
/// </summary>
public static partial class ProcessTree
{
    private const int KillSignal = 9;
    private const int SuspendSignal = 19;
    private const int ResumeSignal = 18;

    /// <summary>Halts all of it. From the top: a halted parent starts no more children.</summary>
    public static void Suspend(int root)
    {
        Send(root, SuspendSignal);
        Descendants(root).ForEach(process => Send(process, SuspendSignal));
    }

    /// <summary>Lets all of it go on.</summary>
    public static void Resume(int root)
    {
        Descendants(root).ForEach(process => Send(process, ResumeSignal));
        Send(root, ResumeSignal);
    }

    /// <summary>Kills all of it as a machine that loses its power would: no process sees another one die first.</summary>
    public static void Kill(int root)
    {
        Suspend(root);
        var descendants = Descendants(root);
        Send(root, KillSignal);
        descendants.ForEach(process => Send(process, KillSignal));
    }

    /// <summary>Everything that the process started and that still runs, itself not included; parents before their children.</summary>
    public static List<int> Descendants(int root)
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

    // .NET itself can only send SIGKILL.
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int processId, int signal);
}
