using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Backup;

/// <summary>A table of the transactional database.</summary>
/// <param name="Name">With its schema.</param>
/// <param name="Quoted">The same, as statements need it.</param>
/// <param name="Columns">That hold values.</param>
internal sealed record SourceTable(string Name, string Quoted, IReadOnlyList<string> Columns)
{
    /// <summary>The table with these of its columns, for COPY.</summary>
    public string With(IEnumerable<string> columns) => $"{Quoted} ({string.Join(", ", columns.Select(Quote))})";

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>What there is in the transactional database: tables, sequences, migrations; as of the connection's snapshot.</summary>
internal sealed class SourceTables(NpgsqlConnection connection)
{
    /// <summary>In an order in which none refers to one behind it.</summary>
    /// <exception cref="CommandFailure">Tables refer to each other in a circle.</exception>
    public async Task<IReadOnlyList<SourceTable>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var tables = new NpgsqlCommand(EmbeddedSql.Read("Backup/Sql/tables.sql"), connection);
        await using var references = new NpgsqlCommand(EmbeddedSql.Read("Backup/Sql/references.sql"), connection);
        return Ordered(
            await tables.ReadAllAsync(Table, cancellationToken),
            await references.ReadAllAsync(row => (row.GetString(0), row.GetString(1)), cancellationToken));

        static SourceTable Table(NpgsqlDataReader row)
        {
            var (schema, table) = (row.GetString(0), row.GetString(1));
            return new SourceTable($"{schema}.{table}", $"{SourceTable.Quote(schema)}.{SourceTable.Quote(table)}", row.GetFieldValue<string[]>(2));
        }
    }

    public async Task<IReadOnlyList<BackupSequence>> SequencesAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Read("Backup/Sql/sequences.sql"), connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var sequences = new List<BackupSequence>();
        while (await row.ReadAsync(cancellationToken))
        {
            if (!row.IsDBNull(2))
            {
                sequences.Add(new BackupSequence($"{SourceTable.Quote(row.GetString(0))}.{SourceTable.Quote(row.GetString(1))}", row.GetInt64(2)));
            }
        }

        return sequences;
    }

    /// <summary>Those that were applied, as <c>area/migration</c>.</summary>
    public async Task<IReadOnlyList<string>> MigrationsAsync(CancellationToken cancellationToken)
    {
        await using var tables = new NpgsqlCommand(EmbeddedSql.Read("Backup/Sql/migration_tables.sql"), connection);
        var migrations = new List<string>();
        foreach (var area in await tables.ReadAllAsync(row => row.GetString(0), cancellationToken))
        {
            await using var command = new NpgsqlCommand($"SELECT migration_id FROM migrations.{SourceTable.Quote(area)} ORDER BY 1", connection);
            migrations.AddRange(await command.ReadAllAsync(row => $"{area}/{row.GetString(0)}", cancellationToken));
        }

        return migrations;
    }

    private static List<SourceTable> Ordered(List<SourceTable> tables, List<(string From, string To)> references)
    {
        var ordered = new List<SourceTable>();
        while (ordered.Count < tables.Count)
        {
            var free = tables.Except(ordered).FirstOrDefault(table => references.All(reference =>
                reference.From != table.Name || ordered.Any(before => before.Name == reference.To) || tables.All(other => other.Name != reference.To)));
            ordered.Add(free ?? throw new CommandFailure("Tables refer to each other in a circle: "
                + $"{string.Join(", ", tables.Except(ordered).Select(table => table.Name))}."));
        }

        return ordered;
    }
}
