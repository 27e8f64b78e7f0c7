using Andi.FaultCampaign.Reports;

namespace Andi.FaultCampaign.Faults;

/// <summary>Lets a group of faults happen, several at a time where their times overlap.</summary>
internal sealed class FaultStorm(FaultSetting setting, Random random, CampaignLog log)
{
    private const int AtOnce = 3;

    private readonly FaultDraw _draw = new(random, setting.Topology);

    /// <summary>Returns when all of them are over and everything runs again.</summary>
    public async Task RunAsync(int faults, CancellationToken cancellationToken)
    {
        var running = new Dictionary<Task, Fault>();
        for (var number = 0; number < faults; number++)
        {
            if (running.Count == AtOnce)
            {
                await EndOneAsync(running);
            }

            var fault = _draw.Draw(running.Values.Select(other => other.Target).ToHashSet());
            running.Add(HappenAsync(fault, cancellationToken), fault);

            // Some begin while others are under way, some alone.
            if (random.Next(2) == 0)
            {
                await EndOneAsync(running);
            }

            await Task.Delay(TimeSpan.FromSeconds(0.2 + (random.NextDouble() * 2)), setting.Time, cancellationToken);
            foreach (var ended in running.Keys.Where(task => task.IsCompleted).ToList())
            {
                running.Remove(ended);
                await ended;
            }
        }

        await Task.WhenAll(running.Keys);
    }

    private static async Task EndOneAsync(Dictionary<Task, Fault> running)
    {
        var ended = await Task.WhenAny(running.Keys);
        running.Remove(ended);
        await ended;
    }

    private async Task HappenAsync(Fault fault, CancellationToken cancellationToken)
    {
        var number = log.Begins(fault);
        await fault.RunAsync(setting, cancellationToken);
        log.IsOver(number, fault);
    }
}
