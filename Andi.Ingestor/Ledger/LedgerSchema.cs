using Andi.Sql;
using Andi.Topology;
using Npgsql;

namespace Andi.Ingestor.Ledger;

/// <summary>Brings the database <c>ingest</c> to the ledger's shape; safe to run again and at the same time.</summary>
public static class LedgerSchema
{
    // The ledger's tables are locked for the moment that it takes to try; who is busy with them is not kept waiting for long.
    private const string LockTimeout = "SET LOCAL lock_timeout = '5s'";

    // What an administrator migrates belongs to the same role as the rest, which can then migrate it further.
    private const string OwnerSql =
        $"SELECT set_config('role', '{DatabaseRoles.Migrator}', true) FROM pg_database "
        + $"WHERE datname = current_database() AND pg_get_userbyid(datdba) = '{DatabaseRoles.Migrator}'";

    private static readonly string Sql = EmbeddedSql.Read("Ledger/Sql/ledger.sql");
    private static readonly string GrantsSql = EmbeddedSql.Read("Ledger/Sql/grants.sql");
    private static readonly string ColumnsSql = EmbeddedSql.Read("Ledger/Sql/ledger_columns.sql");

    /// <returns>The tables' columns that were made; none where the ledger was of this shape.</returns>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var made = await ApplyAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    /// <summary>Which tables' columns <see cref="MigrateAsync"/> would make: makes them, looks, and takes it back. Changes nothing.</summary>
    public static async Task<IReadOnlyList<string>> PendingAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, LockTimeout, cancellationToken);
        var made = await ApplyAsync(connection, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
        return made;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, OwnerSql, cancellationToken);
        var before = await ColumnsAsync(connection, cancellationToken);
        await ExecuteAsync(connection, Sql, cancellationToken);
        await ExecuteAsync(connection, GrantsSql, cancellationToken);
        return [.. (await ColumnsAsync(connection, cancellationToken)).Except(before)];
    }

    private static async Task<string[]> ColumnsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ColumnsSql, connection);
        return (string[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
