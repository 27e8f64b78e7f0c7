using System.Runtime.InteropServices;
using Andi.AppHost.State;

namespace Andi.AppHost.Native;

/// <summary>The native host as a program: one topology, from the command line to the exit code.</summary>
internal sealed class NativeHost(HostOptions options) : IDisposable
{
    private const int Failed = 1;
    private const int Killed = 130;

    // How long signals count as one and the same wish to stop, in milliseconds.
    private const long SameKeys = 200;
    private const long SameSignal = 2_000;

    private readonly HostConsole _console = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private long _askedAt;

    public static async Task<int> RunAsync(HostOptions options)
    {
        using var host = new NativeHost(options);
        return await host.RunAsync();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task<int> RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var launcher = Launcher.Watch(() => Stop("the dotnet run that started this host is gone", sameWish: null));
        try
        {
            return await RunTopologyAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (TopologyException exception)
        {
            _console.Fail(exception.Message);
            return Failed;
        }
    }

    private async Task<int> RunTopologyAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        _console.Say($"Andi, native engines, state in {options.Topology.StateFolder}");
        var wanted = options.Topology with { Tell = _console.Tell, Abort = _abort.Token };
        await using var topology = await NativeTopology.StartAsync(wanted, _stop.Token);
        _console.Say($"Healthy after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s.");
        _console.Table(topology.Run, topology.StateRoot);
        if (options.Seed is { } students)
        {
            await topology.SeedAsync(students, _stop.Token);
        }

        _console.Say("Ctrl-C stops everything.");
        var asked = Task.Delay(Timeout.Infinite, _stop.Token);
        if (await Task.WhenAny(asked, topology.Died) == topology.Died)
        {
            _console.Fail(await topology.Died);
            return Failed;
        }

        return 0;
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Stop($"{context.Signal}", context.Signal switch
        {
            PosixSignal.SIGINT or PosixSignal.SIGQUIT => SameKeys,
            PosixSignal.SIGTERM => SameSignal,
            _ => null,
        });
    }

    // One wish to stop may come several times: a SIGTERM to the process group reaches this host and dotnet run, which hands it on; a terminal
    // that hangs up takes dotnet run with it. What comes later than that (but never a hang-up) insists.
    private void Stop(string why, long? sameWish)
    {
        var asked = Interlocked.CompareExchange(ref _askedAt, Environment.TickCount64, 0);
        if (asked == 0)
        {
            _console.Say($"Stopping everything in order ({why}); once more kills.");
            _console.Quieten();
            _stop.Cancel();
        }
        else if (Environment.TickCount64 - asked > sameWish)
        {
            _console.Say("Killing everything.");
            _abort.Cancel();
            Environment.Exit(Killed);
        }
    }
}
