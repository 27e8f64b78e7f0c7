using System.Runtime.InteropServices;
using Andi.FaultCampaign.Comparison;
using Andi.FaultCampaign.Faults;
using Andi.FaultCampaign.Reports;
using Andi.FaultCampaign.Setting;
using Andi.FaultCampaign.Workload;
using Andi.FaultCampaign.World;
using Andi.Testing;

namespace Andi.FaultCampaign;

/// <summary>One campaign from the command line to the exit code.</summary>
internal sealed class Campaign
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int Interrupted = 130;
    private const int FaultsOfAGroup = 9;

    private static readonly TimeSpan WriteWithoutFaults = TimeSpan.FromSeconds(5);

    private readonly CampaignOptions _options;
    private readonly CampaignTopology _topology;
    private readonly Timeline _timeline;
    private readonly CampaignLog _log;
    private readonly Writers _writers;
    private readonly WholeComparison _comparison;
    private readonly FaultStorm _storm;

    private Campaign(CampaignOptions options, CampaignTopology topology, Timeline timeline, CampaignLog log)
    {
        var world = new SchoolWorld();
        _options = options;
        _topology = topology;
        _timeline = timeline;
        _log = log;
        _writers = new Writers(topology, world, options.Seed, timeline);
        _comparison = new WholeComparison(topology, world, new Random(HashCode.Combine(options.Seed, "comparison".Length)), TimeProvider.System);
        _storm = new FaultStorm(new FaultSetting(topology, timeline, TimeProvider.System), new Random(options.Seed), log);
    }

    public static async Task<int> RunAsync(CampaignOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        var folder = Path.Combine(TestState.Solution(), ".andi", "campaign");
        Directory.CreateDirectory(folder);
        using var turn = await TopologyLock.TakeAsync(stop.Token);
        using var timeline = new Timeline(Path.Combine(folder, "timeline.log"), TimeProvider.System);
        var log = new CampaignLog(timeline, TimeProvider.System);
        try
        {
            log.Say($"Campaign of {options.Faults} faults, seed {options.Seed}; everything that happens is in {timeline.Path}");
            await using var topology = await CampaignTopology.StartAsync(folder, timeline, stop.Token);
            log.Say("The topology runs.");
            return await new Campaign(options, topology, timeline, log).RunAsync(stop.Token);
        }
        catch (CampaignException exception)
        {
            log.Fail(exception.Message);
            return Failed;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.Fail($"{exception}");
            return Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.Say("Interrupted.");
            return Interrupted;
        }
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunGroupsAsync(ending.Token);
        if (await Task.WhenAny(running, _topology.Died) == _topology.Died)
        {
            await ending.CancelAsync();
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _log.Fail($"A process ended that no fault ended: {await _topology.Died}");
            return Failed;
        }

        var succeeded = await DiagnosedAsync(running);
        var report = new CampaignReport(_options, _log, _writers.Counts, await CampaignFigures.ReadAsync(_topology, cancellationToken));
        report.Print(_log);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_options.Report))!);
        await File.WriteAllTextAsync(_options.Report, report.ToMarkdown(), cancellationToken);
        _log.Say($"The report is {_options.Report}");
        return succeeded ? Succeeded : Failed;
    }

    private async Task<bool> DiagnosedAsync(Task<bool> running)
    {
        try
        {
            return await running;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await Diagnosis.TakeAsync(_topology, _timeline);
            throw;
        }
    }

    private async Task<bool> RunGroupsAsync(CancellationToken cancellationToken)
    {
        await _writers.FoundAsync();
        if (!await CompareAsync(isLast: false, cancellationToken))
        {
            return false;
        }

        for (var left = _options.Faults; ; left -= FaultsOfAGroup)
        {
            await WriteWhileAsync(
                () => left == 0 ? Task.Delay(WriteWithoutFaults, cancellationToken) : _storm.RunAsync(Math.Min(left, FaultsOfAGroup), cancellationToken));
            var isLast = left <= FaultsOfAGroup;
            if (!await CompareAsync(isLast, cancellationToken))
            {
                return false;
            }

            if (isLast)
            {
                return true;
            }
        }
    }

    private async Task WriteWhileAsync(Func<Task> happening)
    {
        using var enough = new CancellationTokenSource();
        var writing = _writers.RunAsync(enough.Token);
        try
        {
            await happening();
        }
        finally
        {
            await enough.CancelAsync();
            await writing;
        }
    }

    private async Task<bool> CompareAsync(bool isLast, CancellationToken cancellationToken)
    {
        var result = await _comparison.RunAsync(isLast, cancellationToken);
        _log.Compared(result);
        await _writers.LearnAsync(cancellationToken);
        return result.Differences.Count == 0;
    }
}
