using Andi.Sql;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>The relay's own tables in the transactional database (schema <c>andi</c>): made where they are missing, and brought from their older form.</summary>
internal sealed class CaptureSchema(CaptureDatabase database, IOptions<ChangeCaptureOptions> options, TimeProvider time)
{
    private static readonly string[] TablesSql =
    [
        EmbeddedSql.Read("ChangeCapture/Sql/generations_table.sql"),
        EmbeddedSql.Read("ChangeCapture/Sql/captured_tables_table.sql"),
    ];

    private static readonly string TakeInSql = EmbeddedSql.Read("ChangeCapture/Sql/take_in_change_capture.sql");

    /// <summary>Safe to run again and by several instances at once.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended('andi.change_capture.schema', 0))", connection, cancellationToken);
        foreach (var table in TablesSql)
        {
            await ExecuteAsync(table, connection, cancellationToken);
        }

        await using (var exists = new NpgsqlCommand("SELECT to_regclass('andi.change_capture') IS NOT NULL", connection))
        {
            if ((bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
            {
                await TakeInAsync(connection, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task TakeInAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(TakeInSql, connection)
        {
            Parameters = { new() { Value = options.Value.Slot }, new() { Value = options.Value.Publication }, new() { Value = time.GetUtcNow() } },
        };
        await take.ExecuteNonQueryAsync(cancellationToken);
        await ExecuteAsync("DROP TABLE andi.change_capture", connection, cancellationToken);
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
