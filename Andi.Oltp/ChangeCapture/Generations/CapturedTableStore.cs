using Andi.Oltp.ChangeCapture.Source;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>A table as a generation has noted it.</summary>
internal sealed record CapturedTable(string Schema, string Name, uint Membership, ulong SinceLsn, bool IsComplete, bool HasLeft, CaptureDefinition? Definition);

/// <summary>Which tables each generation holds, as PostgreSQL keeps it in <c>andi.captured_tables</c>.</summary>
internal sealed class CapturedTableStore(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly string TablesSql = EmbeddedSql.Read("ChangeCapture/Sql/captured_tables.sql");
    private static readonly string JoinSql = EmbeddedSql.Read("ChangeCapture/Sql/join_table.sql");
    private static readonly string CompleteSql = EmbeddedSql.Read("ChangeCapture/Sql/complete_table.sql");
    private static readonly string NoteDefinitionSql = EmbeddedSql.Read("ChangeCapture/Sql/note_definition.sql");
    private static readonly string StopSql = EmbeddedSql.Read("ChangeCapture/Sql/stop_table.sql");
    private static readonly string LeaveSql = EmbeddedSql.Read("ChangeCapture/Sql/leave_table.sql");

    public async Task<IReadOnlyList<CapturedTable>> ReadAsync(int generation, CancellationToken cancellationToken)
    {
        await using var command = Command(TablesSql, generation);
        return await command.ReadAllAsync(
            row => new CapturedTable(
                row.GetString(0),
                row.GetString(1),
                row.GetFieldValue<uint>(2),
                (ulong)row.GetFieldValue<NpgsqlLogSequenceNumber>(3),
                row.GetBoolean(4),
                row.GetBoolean(5),
                row.IsDBNull(6) ? null : new CaptureDefinition(row.GetString(6), TextOrNull(row, 7), TextOrNull(row, 8))),
            cancellationToken);
    }

    /// <summary>A snapshot of the table as of <paramref name="sinceLsn"/> begins.</summary>
    public async Task JoinAsync(int generation, CaptureState table, ulong sinceLsn, CancellationToken cancellationToken)
    {
        var membership = new NpgsqlParameter { Value = table.Membership, NpgsqlDbType = NpgsqlDbType.Oid };
        await using var command = Command(
            JoinSql,
            generation,
            table.Schema,
            table.Name,
            membership,
            new NpgsqlLogSequenceNumber(sinceLsn),
            table.Definition?.Edition,
            table.Definition?.Files,
            table.Definition?.Columns);
        await ExpectAsync(command, table, cancellationToken);
    }

    /// <summary>That snapshot is in Kafka as a whole.</summary>
    public async Task CompleteAsync(int generation, CaptureState table, ulong sinceLsn, CancellationToken cancellationToken)
    {
        await using var command = Command(CompleteSql, generation, table.Schema, table.Name, new NpgsqlLogSequenceNumber(sinceLsn), time.GetUtcNow());
        await ExpectAsync(command, table, cancellationToken);
    }

    /// <summary>The table's definition is another one now, under which its captured rows are as right as before.</summary>
    public async Task NoteDefinitionAsync(int generation, CaptureState table, CancellationToken cancellationToken)
    {
        var definition = table.Definition!;
        await using var command = Command(
            NoteDefinitionSql, generation, table.Schema, table.Name, definition.Edition, definition.Files, definition.Columns);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The table is not captured whole any more: a new snapshot of it is needed.</summary>
    public async Task StopAsync(int generation, CaptureState table, string reason, CancellationToken cancellationToken)
    {
        await using var command = Command(StopSql, generation, table.Schema, table.Name, reason);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The table has left the publication, and PostgreSQL. Returns whether anything of it was ever announced.</summary>
    public async Task<bool> LeaveAsync(int generation, string schema, string name, CancellationToken cancellationToken)
    {
        await using var command = Command(LeaveSql, generation, schema, name, time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.AddInOrder(values);
        return command;
    }

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task ExpectAsync(NpgsqlCommand command, CaptureState table, CancellationToken cancellationToken)
    {
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new InvalidOperationException($"Another instance has taken the snapshot of {table.Schema}.{table.Name} over.");
        }
    }
}
