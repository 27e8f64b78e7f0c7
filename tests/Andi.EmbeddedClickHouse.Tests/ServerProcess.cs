using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>EmbeddedClickHouse as a process of its own, on a free port, with a data folder that goes when the test is over.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    public const string Password = "the password of the tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string[] _options;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _ownsFolder;
    private Process? _process;

    private ServerProcess(string folder, bool ownsFolder, string[] options) => (Folder, _ownsFolder, _options) = (folder, ownsFolder, options);

    /// <summary>Holds the data folder and whatever is made beside it.</summary>
    public string Folder { get; }

    public string DataPath => Path.Combine(Folder, "data");

    public Uri Address { get; private set; } = null!;

    public int ProcessId => _process!.Id;

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

    /// <summary>Starts a server with options as <c>ClickHouse:MaxConnections=2</c>, on new data or on that of a server that has ended.</summary>
    public static async Task<ServerProcess> StartAsync(ServerProcess? after = null, params string[] options)
    {
        var server = new ServerProcess(after?.Folder ?? Directory.CreateTempSubdirectory("andi-clickhouse-").FullName, after is null, options);
        server.Launch();
        server.Address = await server._listening.Task.WaitAsync(Patience);
        return server;
    }

    /// <summary>Starts one that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Output)> StartAndFailAsync(ServerProcess? beside, params string[] options)
    {
        await using var server = new ServerProcess(beside?.Folder ?? Directory.CreateTempSubdirectory("andi-clickhouse-").FullName, beside is null, options);
        server.Launch();
        return (await server.WaitForExitAsync(), server.Output);
    }

    public ClickHouseClient Client() => new(Address, Password);

    /// <summary>Asks it to stop, as Ctrl-C or a service manager does, and returns its exit code.</summary>
    public Task<int> StopAsync() => SignalAsync("TERM");

    /// <summary>Ends it without giving it a chance.</summary>
    public Task<int> KillAsync() => SignalAsync("KILL");

    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{ProcessId}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim(" \tkB"), provider: null) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Launch()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "EmbeddedClickHouse.dll"));
        string[] defaults = ["ClickHouse:Port=0", $"ClickHouse:DataPath={DataPath}", $"ClickHouse:Password={Password}", "ClickHouse:DrainTimeout=00:00:01"];
        foreach (var option in defaults.Concat(_options))
        {
            start.ArgumentList.Add($"--{option}");
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ = _process.WaitForExitAsync().ContinueWith(
            _ => _listening.TrySetException(new InvalidOperationException($"The server ended: {Output}")), TaskScheduler.Default);
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    private async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{ProcessId}"]);
        await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    private async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    [GeneratedRegex(@"Listening on (http://\S+)")]
    private static partial Regex Listening();
}
