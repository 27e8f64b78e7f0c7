using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Ingestor.Generations;

/// <summary>
/// Looks, for as long as the process lives, for a generation to take readers over to, and for one to drop. Of several ingestors one at a time does so: the one
/// that holds an advisory lock in the ledger's database, which ends with its connection.
/// </summary>
internal sealed class GenerationKeeper(
    NpgsqlDataSource database,
    GenerationSwitch switching,
    OldGenerations old,
    IOptions<GenerationOptions> options,
    TimeProvider time,
    ILogger<GenerationKeeper> logger) : BackgroundService
{
    private const string LockSql = "SELECT pg_try_advisory_lock(hashtextextended('andi.ingest.generations', 0))";
    private const string UnlockSql = "SELECT pg_advisory_unlock(hashtextextended('andi.ingest.generations', 0))";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the host.
        await Task.Yield();
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
        }
        finally
        {
            await using var release = new NpgsqlCommand(UnlockSql, turn);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
