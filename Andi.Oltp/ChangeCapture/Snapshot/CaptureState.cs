using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Oltp.ChangeCapture.Snapshot;

/// <summary>Where the capture of a slot stands, as PostgreSQL remembers it.</summary>
/// <param name="Generation">The newest generation begun; 0 where there is none.</param>
/// <param name="IsSnapshotComplete">Whether that generation's snapshot is in Kafka as a whole.</param>
/// <param name="SlotExists">Whether the slot is there.</param>
/// <param name="IsSlotLost">Whether PostgreSQL has given up the WAL that the slot needs.</param>
/// <param name="IsSlotActive">Whether some instance reads from it at this moment.</param>
internal sealed record CaptureState(int Generation, bool IsSnapshotComplete, bool SlotExists, bool IsSlotLost, bool IsSlotActive)
{
    private static readonly string StateTableSql = EmbeddedSql.Read("ChangeCapture/Sql/state_table.sql");
    private static readonly string CaptureStateSql = EmbeddedSql.Read("ChangeCapture/Sql/capture_state.sql");
    private static readonly string StartSnapshotSql = EmbeddedSql.Read("ChangeCapture/Sql/start_snapshot.sql");
    private static readonly string CompleteSnapshotSql = EmbeddedSql.Read("ChangeCapture/Sql/complete_snapshot.sql");

    public static async Task<CaptureState> ReadAsync(NpgsqlConnection connection, string slot, CancellationToken cancellationToken)
    {
        await using (var create = new NpgsqlCommand(StateTableSql, connection))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(CaptureStateSql, connection) { Parameters = { new() { Value = slot } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.IsDBNull(0)
            ? new CaptureState(0, false, reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4))
            : new CaptureState(reader.GetInt32(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4));
    }

    /// <summary>Begins the next generation and returns its number.</summary>
    public static async Task<int> StartSnapshotAsync(NpgsqlConnection connection, string slot, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(StartSnapshotSql, connection) { Parameters = { new() { Value = slot }, new() { Value = now } } };
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task CompleteSnapshotAsync(
        NpgsqlConnection connection, string slot, int generation, ulong lsn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CompleteSnapshotSql, connection)
        {
            Parameters =
            {
                new() { Value = slot },
                new() { Value = generation },
                new() { Value = new NpgsqlLogSequenceNumber(lsn), NpgsqlDbType = NpgsqlDbType.PgLsn },
                new() { Value = now },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
