using System.Globalization;

namespace Andi.FaultCampaign.Faults;

/// <summary>SIGSTOP, and after a while SIGCONT.</summary>
/// <param name="Process">Who stands still.</param>
/// <param name="For">How long.</param>
/// <param name="IsZombie">That is longer than the others wait for it: it comes back and knows nothing of its end.</param>
internal sealed record Pause(string Process, TimeSpan For, bool IsZombie) : Fault(IsZombie ? "SIGSTOP beyond timeouts" : "SIGSTOP", Process)
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
