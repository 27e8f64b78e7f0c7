using Andi.FaultCampaign.Comparison;
using Andi.FaultCampaign.Reports;

namespace Andi.FaultCampaign.Faults;

/// <summary>Lets a group of faults happen, several at a time where their times overlap.</summary>
internal sealed class FaultStorm(FaultSetting setting, Random random, CampaignLog log)
{
    private const int AtOnce = 4;

    private readonly FaultDeck _deck = new(random, setting.Topology);
    private readonly Recovery _recovery = new(setting.Topology, setting.Time);

    /// <summary>Returns when all of them are over, everything runs again, and readers see what was written while they were under way.</summary>
    public async Task RunAsync(int faults, CancellationToken cancellationToken)
    {
        var striking = new Dictionary<Task, Fault>();
        var recovering = new List<Task>();
        for (var number = 0; number < faults; number++)
        {
            // Most begin while others are under way.
            if (striking.Count == AtOnce || (striking.Count > 0 && random.Next(4) == 0))
            {
                await EndOneAsync(striking);
            }

            Fault? fault;
            while ((fault = _deck.Draw(striking.Values.Select(other => other.Target).ToHashSet())) is null)
            {
                await EndOneAsync(striking);
            }

            striking.Add(StrikeAsync(fault, recovering, cancellationToken), fault);
            await Task.Delay(TimeSpan.FromSeconds(0.2 + (random.NextDouble() * 2)), setting.Time, cancellationToken);
            foreach (var ended in striking.Keys.Where(task => task.IsCompleted).ToList())
            {
                striking.Remove(ended);
                await ended;
            }
        }

        await Task.WhenAll(striking.Keys);
        var calm = setting.Time.GetTimestamp();
        await Task.WhenAll(recovering);
        log.AllRecovered(setting.Time.GetElapsedTime(calm));
    }

    private static async Task EndOneAsync(Dictionary<Task, Fault> striking)
    {
        var ended = await Task.WhenAny(striking.Keys);
        striking.Remove(ended);
        await ended;
    }

    private async Task StrikeAsync(Fault fault, List<Task> recovering, CancellationToken cancellationToken)
    {
        var number = log.Begins(fault);
        await fault.RunAsync(setting, cancellationToken);
        log.IsOver(number, fault);
        lock (recovering)
        {
            recovering.Add(RecoverAsync(number, fault, cancellationToken));
        }
    }

    private async Task RecoverAsync(int number, Fault fault, CancellationToken cancellationToken) =>
        log.HasRecovered(number, fault, await _recovery.MeasureAsync(cancellationToken));
}
