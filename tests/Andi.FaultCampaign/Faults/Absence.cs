using System.Globalization;

namespace Andi.FaultCampaign.Faults;

/// <summary>A replica leaves in good order and comes back: its share goes to the others, and back.</summary>
internal sealed record Absence(string Process, TimeSpan For) : Fault("leave and return", Process)
{
    public override string Detail => string.Create(CultureInfo.InvariantCulture, $"away for {For.TotalSeconds:0.0} s");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        await setting.Topology.Processes.StopAsync(Process);
        await Task.Delay(For, setting.Time, cancellationToken);
        await setting.StartAsync(Process, cancellationToken);
    }
}

/// <summary>One replica more for a while; it leaves in good order or by SIGKILL.</summary>
internal sealed record Visit(string Process, TimeSpan For, bool IsKilled) : Fault("join and leave", Process)
{
    public override string Detail =>
        string.Create(CultureInfo.InvariantCulture, $"there for {For.TotalSeconds:0.0} s, {(IsKilled ? "killed then" : "then stopped")}");

    public override async Task RunAsync(FaultSetting setting, CancellationToken cancellationToken)
    {
        await setting.StartAsync(Process, cancellationToken);
        try
        {
            await Task.Delay(For, setting.Time, cancellationToken);
        }
        finally
        {
            await (IsKilled ? setting.Topology.Processes.KillAsync(Process) : setting.Topology.Processes.StopAsync(Process));
        }
    }
}
