using System.Diagnostics;
using System.Globalization;

namespace Andi.AppHost.State;

/// <summary>
/// Processes of a host that was killed. Aspire's orchestrator ends them within seconds, but a host that starts at once has to wait for them: they still
/// hold the data. They are recognised by the state folder in their command line or environment (Linux only).
/// </summary>
internal static class LeftoverProcesses
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until no engine runs on this state folder's data; kills what does not end within 30 seconds.</summary>
    public static async Task WaitAsync(StateFolder state, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var started = TimeProvider.System.GetTimestamp();
        for (var isFirst = true; Find(state) is [_, ..] left; isFirst = false)
        {
            if (isFirst)
            {
                Console.WriteLine($"Waiting for {left.Count} process(es) that a killed run left on {state.Root} ...");
            }

            if (TimeProvider.System.GetElapsedTime(started) > Timeout)
            {
                left.ForEach(Kill);
            }

            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    private static List<int> Find(StateFolder state) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0 && id != Environment.ProcessId && IsEngineOf(state, id)),
    ];

    // The engines have a file of the folder among their arguments, EmbeddedClickHouse in its environment.
    private static bool IsEngineOf(StateFolder state, int id)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            string[] marks = [state.DataRoot + "/", state.Configuration + "/"];
            return (Array.Exists(marks, mark => Array.Exists(command, argument => argument.Contains(mark, StringComparison.Ordinal)))
                    && !command[0].EndsWith("sh", StringComparison.Ordinal))
                || File.ReadAllText($"/proc/{id}/environ").Contains($"ClickHouse__DataPath={state.DataRoot}/", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            Process.GetProcessById(id).Kill();
        }
        catch (ArgumentException)
        {
            // It ended meanwhile.
        }
    }
}
