using Andi.Sql;
using Npgsql;

namespace Andi.Oltp.Audit;

/// <summary>Brings the schema <c>audit</c> of the transactional database to its shape: a step of its own beside the areas', and in no publication.</summary>
internal static class AuditMigration
{
    private const string Name = "audit";

    /// <summary>The files, in the order in which they are applied.</summary>
    private static readonly string[] Files = ["0001_audit_log"];

    /// <summary>Applies what is missing, each file in a transaction.</summary>
    /// <param name="session">Holds the lock of migrations.</param>
    /// <param name="schema">Of the migration histories; it is there.</param>
    /// <returns>What was applied, as <c>audit/file</c>.</returns>
    public static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlConnection session, string schema, CancellationToken cancellationToken)
    {
        await using (var history = new NpgsqlCommand($"CREATE TABLE IF NOT EXISTS {schema}.{Name} (migration_id text PRIMARY KEY)", session))
        {
            await history.ExecuteNonQueryAsync(cancellationToken);
        }

        var pending = await PendingFilesAsync(session, schema, cancellationToken);
        foreach (var file in pending)
        {
            await using var transaction = await session.BeginTransactionAsync(cancellationToken);
            await using var apply = new NpgsqlCommand(EmbeddedSql.Read($"Audit/Sql/{file}.sql"), session, transaction);
            await apply.ExecuteNonQueryAsync(cancellationToken);
            await using var note = new NpgsqlCommand($"INSERT INTO {schema}.{Name} VALUES ($1)", session, transaction);
            note.Parameters.AddInOrder(file);
            await note.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return Named(pending);
    }

    /// <summary>What <see cref="ApplyAsync"/> would apply; everything where the database is missing.</summary>
    public static async Task<IReadOnlyList<string>> ReadPendingAsync(NpgsqlDataSource database, string schema, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = await database.OpenConnectionAsync(cancellationToken);
            return Named(await PendingFilesAsync(session, schema, cancellationToken));
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.InvalidCatalogName)
        {
            return Named(Files);
        }
    }

    private static async Task<IReadOnlyList<string>> PendingFilesAsync(NpgsqlConnection session, string schema, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", session) { Parameters = { new() { Value = $"{schema}.{Name}" } } };
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return Files;
        }

        await using var applied = new NpgsqlCommand($"SELECT migration_id FROM {schema}.{Name}", session);
        return [.. Files.Except(await applied.ReadAllAsync(row => row.GetString(0), cancellationToken))];
    }

    private static IReadOnlyList<string> Named(IReadOnlyList<string> files) => [.. files.Select(file => $"{Name}/{file}")];
}
