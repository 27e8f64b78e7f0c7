using Andi.FaultCampaign.Setting;
using Npgsql;

namespace Andi.FaultCampaign.Comparison;

/// <summary>Measures how long it takes until readers see everything that is committed now. Writes, and other faults, go on meanwhile.</summary>
internal sealed class Recovery(CampaignTopology topology, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <exception cref="CampaignException">It takes too long.</exception>
    public async Task<TimeSpan> MeasureAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var deadline = time.GetUtcNow() + Patience;
        var position = await PositionAsync(deadline, cancellationToken);
        await new AnalyticsAnswers(topology.Analytics, position, deadline, time).CatchUpAsync(cancellationToken);
        return time.GetElapsedTime(started);
    }

    private async Task<string> PositionAsync(DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var postgres = await PostgresAnswers.OpenAsync(topology.Postgres, cancellationToken);
                return await postgres.PositionAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // Another fault has PostgreSQL down.
                if (time.GetUtcNow() > deadline)
                {
                    throw new CampaignException($"PostgreSQL does not answer: {exception.Message}", exception);
                }

                await Task.Delay(LookEvery, time, cancellationToken);
            }
        }
    }
}
