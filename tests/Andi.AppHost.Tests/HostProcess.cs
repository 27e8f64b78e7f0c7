using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Andi.AppHost.Engines;
using Andi.AppHost.Native;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Tests;

/// <summary>The native host as a user has it: a process, its output, signals and exit code.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process, string stateFolder)
    {
        _process = process;
        StateFolder = stateFolder;
    }

    public string StateFolder { get; }

    public int Id => _process.Id;

    public RunFile Run => RunFile.Read(Path.Combine(StateFolder, "run.json"));

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The built host, on this state folder.</summary>
    public static HostProcess Start(string stateFolder, params string[] arguments) =>
        Start(stateFolder, [typeof(NativeTopology).Assembly.Location, "--host", "native", "--data", stateFolder, .. arguments], []);

    public static HostProcess Start(string stateFolder, IEnumerable<string> dotnetArguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", dotnetArguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var host = new HostProcess(new Process { StartInfo = start }, stateFolder);
        host._process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Read(line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    public async Task HealthyAsync()
    {
        var ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(_healthy.Task, ended).WaitAsync(Patience, TestContext.Current.CancellationToken);
        _healthy.Task.IsCompleted.ShouldBeTrue($"The host ended before it was healthy:\n{Output}");
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <param name="signal">Name as kill(1) takes it.</param>
    /// <param name="processId">Another process than the host.</param>
    public void Signal(string signal, int? processId = null)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{processId ?? Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The process id of a child, from the record that the host keeps.</summary>
    public int Child(string name) => Recorded().Single(child => child.Name == name).Id;

    /// <summary>The names of everything that this run of the host started.</summary>
    public IEnumerable<string> Children() => Recorded().Select(child => child.Name);

    /// <summary>Waits until no process is left that has the state folder in its command line, its environment or as its working directory.</summary>
    public async Task NothingLeftAsync(TimeSpan within)
    {
        var deadline = DateTime.UtcNow + within;
        while (LeftProcesses() is [_, ..] left)
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue($"Left after {within.TotalSeconds} s:\n{string.Join('\n', left)}\nThe host said:\n{Output}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal("TERM");
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience, CancellationToken.None);
        }

        _process.Dispose();
    }

    private List<(string Name, int Id)> Recorded()
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(StateFolder, "processes.json")));
        return [.. recorded.RootElement.EnumerateArray().Select(child => (child.GetProperty("Name").GetString()!, child.GetProperty("ProcessId").GetInt32()))];
    }

    private List<string> LeftProcesses() =>
        [.. Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out var id) && id != Environment.ProcessId && IsOurs(process))];

    private bool IsOurs(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline").Contains(StateFolder, StringComparison.Ordinal)
                || File.ReadAllText($"{process}/environ").Contains(StateFolder, StringComparison.Ordinal)
                || new DirectoryInfo($"{process}/cwd").LinkTarget?.StartsWith(StateFolder, StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.StartsWith("Ctrl-C stops", StringComparison.Ordinal) == true)
        {
            _healthy.TrySetResult();
        }
    }
}
