using System.Diagnostics;
using System.Text.Json;

namespace Andi.AppHost.State;

/// <summary>
/// The children of the host that has the state folder, on disk. After a SIGKILL of the host they end by themselves (see ChildProcess), but a host
/// that starts at once has to wait for them: they still hold the data.
/// </summary>
internal sealed class LeftoverProcesses(StateFolder state)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    public void Add(string name, int processId)
    {
        lock (_lock)
        {
            if (StartTime(processId) is { } startTime)
            {
                _entries.Add(new Entry(name, processId, startTime));
                OwnerFile.Write(state.Processes, JsonSerializer.Serialize(_entries));
            }
        }
    }

    public void Clear() => File.Delete(state.Processes);

    /// <summary>Waits for what a killed host left; kills what does not end.</summary>
    public async Task WaitAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (!File.Exists(state.Processes))
        {
            return;
        }

        var left = JsonSerializer.Deserialize<List<Entry>>(await File.ReadAllTextAsync(state.Processes, cancellationToken)) ?? [];
        var deadline = DateTime.UtcNow + Patience;
        for (var told = false; left.RemoveAll(entry => !entry.IsAlive) >= 0 && left.Count > 0; told = true)
        {
            if (!told)
            {
                progress($"waiting for what a killed run left: {string.Join(", ", left.Select(entry => entry.Name))}");
            }

            if (DateTime.UtcNow > deadline)
            {
                left.ForEach(entry => entry.Kill());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }

        Clear();
    }

    // Field 22 of /proc/{pid}/stat, counted after the name, which is in parentheses and may hold anything: with the id it names one process for ever.
    private static string? StartTime(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Entry(string Name, int ProcessId, string StartTime)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public bool IsAlive => LeftoverProcesses.StartTime(ProcessId) == StartTime;

        public void Kill()
        {
            try
            {
                Process.GetProcessById(ProcessId).Kill();
            }
            catch (ArgumentException)
            {
                // It ended meanwhile.
            }
        }
    }
}
