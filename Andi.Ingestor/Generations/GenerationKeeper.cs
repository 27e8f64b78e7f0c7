using Andi.ChangeEvents;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Ingestor.Generations;

/// <summary>
/// Switches readers to the next generation once it has caught up, and drops generations that readers have left, for as long as the process lives. Of several
/// ingestors one at a time does so: the one that holds an advisory lock in the ledger's database, which ends with its connection.
/// </summary>
internal sealed class GenerationKeeper(
    NpgsqlDataSource database,
    GenerationSwitch switching,
    OldGenerations old,
    RetentionNote retention,
    IOptions<GenerationOptions> options,
    TimeProvider time,
    ILogger<GenerationKeeper> logger) : BackgroundService
{
    private const string LockSql = "SELECT pg_try_advisory_lock(hashtextextended('andi.ingest.generations', 0))";
    private const string UnlockSql = "SELECT pg_advisory_unlock(hashtextextended('andi.ingest.generations', 0))";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await KeepAsync(stoppingToken);
                await Task.Delay(options.Value.Interval, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                logger.StoresNotReady(exception, options.Value.RetryDelay);
                await Task.Delay(options.Value.RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await using var turn = await database.OpenConnectionAsync(cancellationToken);
        await using var take = new NpgsqlCommand(LockSql, turn);
        if (await take.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return;
        }

        try
        {
            await switching.TryAsync(cancellationToken);
            await old.DropAsync(cancellationToken);
            await retention.WriteAsync(cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand(UnlockSql, turn);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}

internal static partial class GenerationLog
{
    [LoggerMessage(
        2050, LogLevel.Information, "Readers see generation {Generation} from now on; generation {Before} was frozen at {Position} during the switch.")]
    public static partial void Switched(this ILogger logger, int generation, int before, Position position);

    [LoggerMessage(
        2051,
        LogLevel.Warning,
        "Generation {Generation} did not catch up with generation {Before} within {Limit}; readers stay, and the switch is retried in {Delay}.")]
    public static partial void NotCaughtUp(this ILogger logger, int generation, int before, TimeSpan limit, TimeSpan delay);

    [LoggerMessage(2052, LogLevel.Information, "Dropped generation {Generation}: {Partitions} partition(s) of the warehouse's tables.")]
    public static partial void Dropped(this ILogger logger, int generation, int partitions);

    [LoggerMessage(2053, LogLevel.Warning, "The stores did not answer; the generations are checked again in {Delay}.")]
    public static partial void StoresNotReady(this ILogger logger, Exception exception, TimeSpan delay);
}
