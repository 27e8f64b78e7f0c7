using System.Diagnostics;
using System.Text;
using Andi.Topology;

namespace Andi.AppHost.Tests;

/// <summary>The host as a user has it: a process, its output, signals and exit code.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(180);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

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

    /// <summary>The lines that say what failed, one for each failure.</summary>
    public string[] Failures => [.. Output.Split('\n').Where(line => line.StartsWith('✗'))];

    /// <summary>The built host, on native engines and this state folder.</summary>
    public static HostProcess Start(string stateFolder, params string[] arguments) => Start(stateFolder, [], arguments);

    /// <param name="stateFolder">Its state folder.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="arguments">Further arguments.</param>
    public static HostProcess Start(string stateFolder, Dictionary<string, string> environment, params string[] arguments) =>
        StartFrom(typeof(AppHostOptions).Assembly.Location, stateFolder, environment, arguments);

    /// <param name="assembly">The built host of another copy of the solution.</param>
    /// <param name="stateFolder">Its state folder.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="arguments">Further arguments.</param>
    public static HostProcess StartFrom(string assembly, string stateFolder, Dictionary<string, string> environment, params string[] arguments)
    {
        // A process that a script started in the background ignores Ctrl-C, and so does what it starts: the host is to hear it however the tests were started.
        string[] host = ["--default-signal=INT", "dotnet", assembly];
        var start = new ProcessStartInfo("env", [.. host, "--engines", "native", "--data", stateFolder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = new HostProcess(new Process { StartInfo = start }, stateFolder);
        started._process.OutputDataReceived += (_, line) => started.Read(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Read(line.Data);
        started._process.Start();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    public Task HealthyAsync() => SaysAsync("\nAndi is healthy");

    /// <summary>Waits until it has written a text.</summary>
    public async Task SaysAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Timeout);
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            _process.HasExited.ShouldBeFalse($"The host ended before it said '{text}':\n{Output}");
            await Task.Delay(50, limit.Token);
        }
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Timeout, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <param name="signal">Name as kill(1) takes it.</param>
    /// <param name="processId">Another process than the host.</param>
    public void Signal(string signal, int? processId = null)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{processId ?? Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The processes of this state folder whose command line holds the mark.</summary>
    /// <param name="mark">For instance <c>kafka.Kafka</c>.</param>
    public IReadOnlyList<int> Processes(string mark) =>
        [.. Left().Where(process => process.Command.Contains(mark, StringComparison.Ordinal)).Select(process => process.Id)];

    /// <summary>Waits until no process is left that has the state folder in its command line, its environment or as its working directory.</summary>
    public async Task NothingLeftAsync(TimeSpan within)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Left() is [_, ..] left)
        {
            (TimeProvider.System.GetElapsedTime(started) < within)
                .ShouldBeTrue($"Left after {within.TotalSeconds} s:\n{string.Join('\n', left)}\nThe host said:\n{Output}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal("TERM");
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Timeout, CancellationToken.None);
        }

        _process.Dispose();
    }

    private List<(int Id, string Command)> Left() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id != 0 && id != Environment.ProcessId && IsOurs($"/proc/{id}"))
            .Select(id => (id, CommandLine(id))),
    ];

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

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
    }
}
