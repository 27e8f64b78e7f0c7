using Andi.FaultCampaign.Setting;

namespace Andi.FaultCampaign.Faults;

/// <summary>What faults work on.</summary>
internal sealed record FaultSetting(CampaignTopology Topology, Timeline Timeline, TimeProvider Time)
{
    /// <summary>How long whatever a fault stopped may take to be ready again.</summary>
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    /// <summary>Starts a process again.</summary>
    /// <exception cref="CampaignException">It is not ready in time, or ended.</exception>
    public async Task StartAsync(string process, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReadyWithin);
        try
        {
            await Topology.Processes.StartAsync(process, limit.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CampaignException($"{process} does not run again within {ReadyWithin.TotalSeconds:0} s: {exception.Message}", exception);
        }
    }
}
