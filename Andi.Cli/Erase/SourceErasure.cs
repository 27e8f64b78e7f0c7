using Andi.Audit;
using Andi.Oltp.Areas;
using Andi.Security;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Erase;

/// <summary>
/// Takes a person out of PostgreSQL's rows. Where the scores stay, everything that referred to the person refers to a row of nobody afterwards, which has a
/// random id and no name, and the same grade and school: every count, sum and distinct count of every group is what it was.
/// </summary>
internal sealed class SourceErasure(NpgsqlConnection connection, PersonTable persons)
{
    /// <summary>What is in the place of a name.</summary>
    public const string NoName = "erased";

    private static readonly NpgsqlCommandBuilder Quoting = new();

    /// <summary>An id for a row of nobody. Random: nothing leads from it to the person.</summary>
    public static string NewRowKey() => $"erased-{Guid.NewGuid():N}";

    private string Table => $"public.{Quote(persons.Table)}";

    private string Key => Quote(persons.Key);

    /// <summary>The names of a person, where there is one of this id; nobody else's writes touch it until the transaction ends.</summary>
    public async Task<IReadOnlyList<string>?> LockAsync(string id, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", persons.Names.Select(Quote));
        await using var command = new NpgsqlCommand($"SELECT ARRAY[{names}]::text[] FROM {Table} WHERE {Key} = $1 FOR UPDATE", connection);
        command.Parameters.AddInOrder(id);
        return await command.ExecuteScalarAsync(cancellationToken) as string[];
    }

    /// <summary>All ids that there are.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT {Key} FROM {Table}", connection) { CommandTimeout = 0 };
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken);
    }

    /// <summary>Erases in the connection's transaction.</summary>
    /// <param name="id">Of a person that is there.</param>
    /// <param name="rowKey">The id of the row of nobody; null: what refers to the person is deleted, too.</param>
    /// <returns>Rows that were changed or deleted, by table.</returns>
    public async Task<IReadOnlyDictionary<string, int>> EraseAsync(string id, string? rowKey, CancellationToken cancellationToken)
    {
        var touched = new Dictionary<string, int>();
        if (rowKey is not null)
        {
            await AddNobodyAsync(id, rowKey, cancellationToken);
        }

        foreach (var (table, column) in await ReferencesAsync(cancellationToken))
        {
            var rows = rowKey is null
                ? await ExecuteAsync($"DELETE FROM {table} WHERE {column} = $1", cancellationToken, id)
                : await ExecuteAsync($"UPDATE {table} SET {column} = $2 WHERE {column} = $1", cancellationToken, id, rowKey);
            touched[table] = touched.GetValueOrDefault(table) + rows;
        }

        touched[Table] = await ExecuteAsync($"DELETE FROM {Table} WHERE {Key} = $1", cancellationToken, id);
        return touched;
    }

    /// <summary>In the transaction: takes the id out of the audit log, whose chain stays whole, and notes there that somebody was erased.</summary>
    /// <param name="rows">How many were changed or deleted.</param>
    public async Task NoteAsync(string id, long rows, CancellationToken cancellationToken)
    {
        await ExecuteAsync("SELECT audit.redact(ARRAY[$1])", cancellationToken, id);
        var entry = new AuditEntry(new("Andi.Cli", Roles.Admin, null, null, "erase", null), AuditVerbs.Erase, persons.Table) { Count = rows };
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { entry.Insert() } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The tables that hold the id: those that refer to the person, the person's own, and the audit log.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken cancellationToken) =>
        [.. (await ReferencesAsync(cancellationToken)).Select(reference => reference.Table).Concat([Table, "audit.entries"]).Distinct()];

    private async Task AddNobodyAsync(string id, string rowKey, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand(EmbeddedSql.Read("Erase/Sql/columns.sql"), connection);
        read.Parameters.AddInOrder(Table);
        var columns = await read.ReadAllAsync(row => row.GetString(0), cancellationToken);
        var values = columns.Select(column => column == persons.Key ? "$2" : persons.Names.Contains(column) ? $"'{NoName}'" : Quote(column));
        await ExecuteAsync(
            $"INSERT INTO {Table} ({string.Join(", ", columns.Select(Quote))}) SELECT {string.Join(", ", values)} FROM {Table} WHERE {Key} = $1",
            cancellationToken,
            id,
            rowKey);
    }

    private async Task<IReadOnlyList<(string Table, string Column)>> ReferencesAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Read("Erase/Sql/references.sql"), connection);
        command.Parameters.AddInOrder(Table);
        return await command.ReadAllAsync(
            row => ($"{Quote(row.GetString(0))}.{Quote(row.GetString(1))}", Quote(row.GetString(2))), cancellationToken);
    }

    private static string Quote(string identifier) => Quoting.QuoteIdentifier(identifier);

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddInOrder(values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
