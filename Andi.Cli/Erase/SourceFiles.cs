using Andi.Cli.Terminal;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Erase;

/// <summary>
/// Takes what was deleted in PostgreSQL out of its files. A deleted row, and a plain VACUUM too, leave their bytes in the page until something is written
/// over them: only a table that is written anew has none. Planner statistics hold samples of values, and the WAL every change.
/// </summary>
internal sealed class SourceFiles(NpgsqlConnection connection, TimeSpan patience)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>Writes tables anew. Each is locked meanwhile, for readers, too.</summary>
    /// <exception cref="CommandFailure">A table could not be locked for half a minute; run again.</exception>
    public async Task RewriteAsync(IReadOnlyList<string> tables, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin("postgres: writing tables anew", tables.Count);
        await ExecuteAsync("SET lock_timeout = '30s'", cancellationToken);
        try
        {
            for (var i = 0; i < tables.Count; i++)
            {
                await ExecuteAsync($"VACUUM (FULL, ANALYZE) {tables[i]}", cancellationToken);
                step.Report(i + 1);
            }
        }
        catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new CommandFailure("PostgreSQL could not write a table anew, as transactions kept it locked for half a minute. Run erase again.");
        }
    }

    /// <summary>Writes the planner's statistics anew, and has the WAL go that was written so far.</summary>
    /// <returns>Null where all of that WAL is gone; else what holds it.</returns>
    public async Task<string?> ForgetAsync(Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin("postgres: waiting for the WAL to go", null);
        await using var position = new NpgsqlCommand("SELECT pg_current_wal_insert_lsn()", connection);
        var end = (NpgsqlTypes.NpgsqlLogSequenceNumber)(await position.ExecuteScalarAsync(cancellationToken))!;
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Slots keep what they have not confirmed, also the dead rows of catalogs; both move once the next file has begun.
            await ExecuteAsync("SELECT pg_switch_wal(); SELECT pg_log_standby_snapshot()", cancellationToken);
            await ExecuteAsync("CHECKPOINT", cancellationToken);
            await using var left = new NpgsqlCommand(EmbeddedSql.Read("Erase/Sql/wal_left.sql"), connection);
            left.Parameters.AddInOrder(end);
            bool isLeft;
            string? holder;
            await using (var row = await left.ExecuteReaderAsync(cancellationToken))
            {
                await row.ReadAsync(cancellationToken);
                (isLeft, holder) = (row.GetBoolean(0), row.IsDBNull(1) ? null : row.GetString(1));
            }

            if (!isLeft || TimeProvider.System.GetElapsedTime(since) > patience)
            {
                await ExecuteAsync("VACUUM (FULL) pg_catalog.pg_statistic", cancellationToken);
                return isLeft ? (holder is null ? "a checkpoint" : $"the replication slots {holder}") : null;
            }

            await Task.Delay(PollEvery, cancellationToken);
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
