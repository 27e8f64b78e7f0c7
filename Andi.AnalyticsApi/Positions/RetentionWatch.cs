using Andi.Warehouse.Client;
using Andi.Warehouse.Retention;

namespace Andi.AnalyticsApi.Positions;

/// <summary>
/// Knows which months count, as the warehouse was told, without a statement for it in a request: looks every few seconds. What is older than <see
/// cref="ValidFor"/> is not used, so
/// that after fewer years are set, readers stop asking for the others before these are dropped: the migration waits for that.
/// </summary>
internal sealed partial class RetentionWatch(ClickHouseClient warehouse, TimeProvider time, ILogger<RetentionWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>Well below <see cref="Andi.Warehouse.Migrations.WarehouseMigrator.RetentionGrace"/>.</summary>
    private static readonly TimeSpan ValidFor = TimeSpan.FromSeconds(10);

    private Known? _known;

    /// <summary>What counts: what was found last, or, before the first look and while looks fail, what is found now.</summary>
    /// <exception cref="ClickHouseException">The warehouse does not answer, or is not migrated.</exception>
    public async ValueTask<RetainedMonths> CurrentAsync(CancellationToken cancellationToken) =>
        _known is { } known && time.GetElapsedTime(known.LookedAt) < ValidFor ? known.Months : await LookAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the host.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = LookEvery;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is ClickHouseException or TimeoutException or InvalidOperationException)
            {
                pause = AfterFailure;
                LogNotKnown(failure, pause.TotalSeconds);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<RetainedMonths> LookAsync(CancellationToken cancellationToken)
    {
        // From before the question: what is true then may have changed by the time of the answer.
        var lookedAt = time.GetTimestamp();
        var months = await RetainedMonths.ReadAsync(warehouse, cancellationToken);
        _known = new Known(months, lookedAt);
        return months;
    }

    [LoggerMessage(3403, LogLevel.Warning, "Which months count is not known; again in {Seconds} s.")]
    private partial void LogNotKnown(Exception failure, double seconds);

    private sealed record Known(RetainedMonths Months, long LookedAt);
}
