using System.ComponentModel;
using System.Diagnostics;
using Andi.AppHost.Engines;

namespace Andi.AppHost.Native;

/// <summary>
/// A started child. It has a session of its own, so that Ctrl-C in the terminal reaches the host alone and the host stops it in order; and the
/// kernel sends it its stop signal should the host die without stopping it.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan LastOutputPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ProcessDescription _description;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;
    private volatile bool _paused;

    private ChildProcess(Process process, ProcessDescription description, LogFile log)
    {
        _process = process;
        _description = description;
        Log = log;
    }

    public string Name => _description.Name;

    public LogFile Log { get; }

    public int Id { get; private set; }

    /// <summary>The exit code (128 + signal where a signal ended it), once it ended and its last output is in the log.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>Whether the host asked it to end.</summary>
    public bool IsStopping => _stopping;

    /// <param name="description">What to start.</param>
    /// <param name="logFolder">Where its log goes.</param>
    /// <param name="output">Told each line it writes; null: it writes to the host's own terminal, and not to the log.</param>
    public static async Task<ChildProcess> StartAsync(ProcessDescription description, string logFolder, Action<string>? output)
    {
        IReadOnlyList<string> commandLine = ["setsid", .. description.CommandLine(signalWhenHostDies: true)];
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            WorkingDirectory = description.WorkingDirectory,
            RedirectStandardInput = output is not null,
            RedirectStandardOutput = output is not null,
            RedirectStandardError = output is not null,
        };
        ChildEnvironment.Apply(start.Environment, description.Environment);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process, description, new LogFile(logFolder, description.Name));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult();
        try
        {
            await Spawner.StartAsync(process);
        }
        catch (Win32Exception exception)
        {
            throw new TopologyException($"{description.Name} cannot be started: setsid and setpriv (package util-linux) must be on the path: {exception.Message}", exception);
        }

        child.Id = process.Id;
        var written = Task.CompletedTask;
        if (output is not null)
        {
            process.StandardInput.Close();
            written = Task.WhenAll(child.ReadAsync(process.StandardOutput, output), child.ReadAsync(process.StandardError, output));
        }

        _ = child.CompleteAsync(ended.Task, written);
        return child;
    }

    /// <summary>Sends the stop signal and waits; kills what has not ended in time.</summary>
    /// <returns>False where it had to be killed.</returns>
    public async Task<bool> StopAsync()
    {
        _stopping = true;
        Signal(_description.StopSignal);
        Continue();
        try
        {
            await Exited.WaitAsync(_description.StopWithin);
            return true;
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
            return false;
        }
    }

    /// <summary>At once, with everything it started.</summary>
    public void Kill()
    {
        _stopping = true;
        if (!Exited.IsCompleted)
        {
            ProcessTree.Kill(Id);
        }
    }

    /// <summary>Halts it, with everything it started, until <see cref="Continue"/>.</summary>
    public void Pause()
    {
        if (!Exited.IsCompleted)
        {
            _paused = true;
            ProcessTree.Suspend(Id);
        }
    }

    /// <summary>Lets it go on where it is paused.</summary>
    public void Continue()
    {
        if (_paused && !Exited.IsCompleted)
        {
            _paused = false;
            ProcessTree.Resume(Id);
        }
    }

    public void Dispose()
    {
        Log.Dispose();
        _process.Dispose();
    }

    private void Signal(StopSignal signal)
    {
        if (!Exited.IsCompleted)
        {
            Signals.Send(Id, signal);
        }
    }

    private async Task CompleteAsync(Task ended, Task written)
    {
        await ended;
        // Something it started may hold its output open; that is not waited for long.
        await Task.WhenAny(written, Task.Delay(LastOutputPatience));
        _exited.TrySetResult(_process.ExitCode);
    }

    private async Task ReadAsync(StreamReader reader, Action<string> output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Log.Write(line);
            output(line);
        }
    }
}
