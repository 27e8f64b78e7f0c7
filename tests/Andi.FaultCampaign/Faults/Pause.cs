using System.Globalization;

namespace Andi.FaultCampaign.Faults;

/// <summary>SIGSTOP, and after a while SIGCONT. Paused for longer than the others wait for it, a process comes back as a zombie that knows nothing of its end.</summary>
internal sealed record Pause(string Process, TimeSpan For) : Fault("SIGSTOP", Process)
{
    public override string Detail => string.Create(CultureInfo.InvariantCulture, $"for {For.TotalSeconds:0.0} s");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        setting.Topology.Processes.Pause(Process);
        try
        {
            await Task.Delay(For, setting.Time, cancellationToken);
        }
        finally
        {
            setting.Topology.Processes.Continue(Process);
        }
    }
}
