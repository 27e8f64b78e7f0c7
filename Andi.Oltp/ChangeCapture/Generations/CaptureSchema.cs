using Andi.Oltp.ChangeCapture.Source;
using Andi.Sql;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>Creates the relay's own tables in the transactional database (schema <c>andi</c>) where they are missing.</summary>
internal sealed class CaptureSchema(CaptureDatabase database)
{
    private static readonly string TablesSql = EmbeddedSql.Read("ChangeCapture/Sql/capture_tables.sql");

    /// <summary>Safe to run again and by several instances at once.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended('andi.change_capture.schema', 0))", connection, cancellationToken);
        await ExecuteAsync(TablesSql, connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
