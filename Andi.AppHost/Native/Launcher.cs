namespace Andi.AppHost.Native;

/// <summary>Watches the <c>dotnet run</c> that started this host. Killed, it cannot hand on the signal, and the host would run on unseen.</summary>
internal static class Launcher
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <param name="gone">Called once when the launcher ended; never where the host was started by something else.</param>
    public static IDisposable? Watch(Action gone)
    {
        var launcher = ParentId();
        if (!IsDotnetRun(launcher))
        {
            return null;
        }

        Timer? timer = null;
        timer = new Timer(
            _ =>
            {
                if (ParentId() != launcher)
                {
                    timer?.Dispose();
                    gone();
                }
            },
            null, Every, Every);
        return timer;
    }

    private static bool IsDotnetRun(int processId)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{processId}/cmdline").Split('\0');
            return Path.GetFileNameWithoutExtension(arguments[0]) == "dotnet" && arguments.Contains("run");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Field 4 of /proc/self/stat, counted after the name in parentheses.
    private static int ParentId()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], null);
    }
}
