using Npgsql;

namespace Andi.Cli.Migrate;

/// <summary>
/// Lets one migration of the warehouse at a time through: an advisory lock of the database <c>ingest</c>. PostgreSQL releases it by itself when the
/// connection of its holder ends, as after a kill.
/// </summary>
internal sealed class MigrationLock : IAsyncDisposable
{
    /// <summary>The number of the lock, alike in every version: "andimigr" as bytes.</summary>
    private const long Key = 0x616e64696d696772;

    private const string Timeout = "120s";

    private readonly NpgsqlConnection _connection;

    private MigrationLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Waits for the lock, two minutes at most.</summary>
    /// <exception cref="CommandFailure">Another migration held it all the time.</exception>
    public static async Task<MigrationLock> TakeAsync(NpgsqlDataSource ingest, CancellationToken cancellationToken)
    {
        var taken = new MigrationLock(await ingest.OpenConnectionAsync(cancellationToken));
        try
        {
            if (!await taken.AskAsync<bool>($"SELECT pg_try_advisory_lock({Key})", cancellationToken))
            {
                await Console.Error.WriteLineAsync("warehouse: another migration is running; waiting for it");
                await taken.AskAsync<object>($"SET lock_timeout = '{Timeout}'; SELECT pg_advisory_lock({Key})", cancellationToken);
            }

            return taken;
        }
        catch (PostgresException waited) when (waited.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await taken._connection.DisposeAsync();
            throw new CommandFailure($"Another migration of the warehouse has been running for more than {Timeout}. Try again when it has ended.");
        }
        catch
        {
            await taken._connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns while the lock is held.</summary>
    /// <exception cref="CommandFailure">The connection that held it has ended, so another migration may run.</exception>
    public async Task EnsureHeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync<int>("SELECT 1", cancellationToken);
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException)
        {
            throw new CommandFailure($"The migration has lost its lock, so another one may be running; it stops here. {lost.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await AskAsync<bool>($"SELECT pg_advisory_unlock({Key})", CancellationToken.None);
        }
        catch (Exception ended) when (ended is NpgsqlException or InvalidOperationException)
        {
            // The connection has ended, and the lock with it.
        }

        await _connection.DisposeAsync();
    }

    private async Task<T> AskAsync<T>(string sql, CancellationToken cancellationToken)
    {
        // The server ends the wait for the lock; everything else is immediate.
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
