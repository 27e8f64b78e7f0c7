using System.Globalization;

namespace Andi.FaultCampaign.Faults;

/// <summary>SIGKILL, and after a while a start.</summary>
internal sealed record Kill(string Process, TimeSpan Down) : Fault("SIGKILL", Process)
{
    public override string Detail => string.Create(CultureInfo.InvariantCulture, $"down for {Down.TotalSeconds:0.0} s and the start");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        await setting.Topology.Processes.KillAsync(Process);
        await Task.Delay(Down, setting.Time, cancellationToken);
        await setting.StartAsync(Process, cancellationToken);
    }
}
