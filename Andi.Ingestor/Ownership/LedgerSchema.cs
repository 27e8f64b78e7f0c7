using Andi.Sql;
using Npgsql;

namespace Andi.Ingestor.Ownership;

/// <summary>Brings the database <c>ingest</c> to the ledger's shape; safe to run again and at the same time.</summary>
public static class LedgerSchema
{
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(EmbeddedSql.Read("Ownership/Sql/ledger.sql"), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
