using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Cli.Resync;

/// <summary>What both databases say of the generation that is being built.</summary>
internal sealed class Rebuild(NpgsqlDataSource oltp, NpgsqlDataSource ledger, string publication)
{
    /// <summary>Asks for a generation after <paramref name="current"/> where none is on its way.</summary>
    /// <returns>Whether it was this call that asked.</returns>
    /// <exception cref="CommandFailure">No relay has ever run on this database.</exception>
    public async Task<bool> RequestAsync(int current, CancellationToken cancellationToken)
    {
        await using var command = Command(oltp, "request_generation", current);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new CommandFailure("No relay has run on this database yet, so there is nothing to rebuild. Start Andi first.");
        }
    }

    /// <summary>The generation that readers see, and how many older ones have not been dropped.</summary>
    public async Task<(int Current, long Older)> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ledger, "current_generation");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetInt32(0), row.GetInt64(1));
    }

    /// <summary>How far the newest generation after <paramref name="current"/> is; null where none is being built.</summary>
    public async Task<RebuildState?> ReadAsync(int current, CancellationToken cancellationToken)
    {
        await using var command = Command(oltp, "building", current, publication);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return null;
        }

        var (generation, state, rows, end) = (row.GetInt32(0), row.GetString(1), row.GetInt64(2), (ulong)row.GetFieldValue<NpgsqlLogSequenceNumber>(3));
        await using var landed = Command(ledger, "landed", generation);
        await using var known = await landed.ExecuteReaderAsync(cancellationToken);
        await known.ReadAsync(cancellationToken);
        var applied = (ulong)known.GetFieldValue<NpgsqlLogSequenceNumber>(2);
        return new RebuildState(generation, state, known.GetInt64(0), rows, known.GetBoolean(1), end > applied ? end - applied : 0);
    }

    private static NpgsqlCommand Command(NpgsqlDataSource database, string statement, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(EmbeddedSql.Read($"Resync/Sql/{statement}.sql"));
        command.Parameters.AddInOrder(values);
        return command;
    }
}

/// <summary>How far a generation is that readers do not see yet.</summary>
/// <param name="Generation">Its number.</param>
/// <param name="State">At its source: requested, snapshot or streaming.</param>
/// <param name="Events">Landed so far.</param>
/// <param name="SnapshotRows">Of the source's tables, by PostgreSQL's estimate.</param>
/// <param name="IsInSnapshot">Rows of its snapshot are still to come.</param>
/// <param name="LagBytes">Bytes of WAL between what has landed and the WAL's end.</param>
internal sealed record RebuildState(int Generation, string State, long Events, long SnapshotRows, bool IsInSnapshot, ulong LagBytes);
