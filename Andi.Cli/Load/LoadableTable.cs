using System.Text;
using Andi.Cli.Backup;
using Andi.Cli.Load.Columns;
using Andi.Sql;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;

namespace Andi.Cli.Load;

/// <summary>A table of staging that takes files, as ClickHouse describes it: no table's name is in the code.</summary>
/// <param name="Name">Without its database.</param>
/// <param name="Columns">That a file must have, in the table's order.</param>
internal sealed record LoadableTable(string Name, IReadOnlyList<LoadableColumn> Columns)
{
    private const string Prefix = StagingTable.Database + ".";

    public string FullName => Prefix + Name;

    public string Quoted => StagingTable.QuotedName(Name);

    /// <param name="warehouse">Where the table is.</param>
    /// <param name="name">With or without its database.</param>
    /// <exception cref="CommandFailure">There is none of that name that takes files; says which there are.</exception>
    public static async Task<LoadableTable> FindAsync(ClickHouseClient warehouse, string name, CancellationToken cancellationToken)
    {
        var tables = await StagingTables.ReadAsync(warehouse, cancellationToken);
        var wanted = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        var table = tables.FirstOrDefault(table => table.Name == wanted);
        if (table is { IsLoadable: true })
        {
            return Of(table);
        }

        var why = table switch
        {
            { IsLanding: true } => $"{table.FullName} is filled from the changes of PostgreSQL, not from files",
            not null => $"{table.FullName} has no columns {string.Join(", ", StagingTable.LoadColumns)}",
            _ => $"There is no table '{name}'",
        };
        throw new CommandFailure($"{why}. Files can be loaded into {string.Join(", ", tables.Where(one => one.IsLoadable).Select(one => one.Name))}.");
    }

    private static LoadableTable Of(StagingTable table)
    {
        var columns = new List<LoadableColumn>();
        foreach (var column in table.Columns.Where(column => !column.Name.StartsWith('_')))
        {
            try
            {
                columns.Add(new LoadableColumn(column.Name, ValueReaders.For(column.Type)));
            }
            catch (NotSupportedException unknown)
            {
                throw new CommandFailure($"{table.FullName} does not take files; column {column.Name}: {unknown.Message}.");
            }
        }

        return new LoadableTable(table.Name, columns);
    }
}

/// <param name="Name">Of the table's column and the file's.</param>
/// <param name="Reader">For its type.</param>
internal sealed record LoadableColumn(string Name, ValueReader Reader);

/// <summary>Which files a table was loaded from. A file is recorded once, whoever tries at the same time: see docs/loaded-files.md.</summary>
internal sealed class LoadedFiles(ClickHouseClient warehouse, string table)
{
    // One is enough, unless ClickHouse is killed between the two steps of an insert.
    private const int MaxTokens = 3;

    private static readonly string[] Columns = ["loaded_table", "load", "file_id", "file_name", "attempt", "rows"];

    /// <summary>The record of a file; null where it was never loaded.</summary>
    public async Task<LoadedFile?> FindAsync(string fileId, CancellationToken cancellationToken)
    {
        var statement = new ClickHouseStatement(EmbeddedSql.Read("Load/Sql/loaded_file.sql")) { Parameters = new() { { "table", table }, { "file", fileId } } };
        var records = await warehouse.QueryAsync<LoadedFile>(statement, cancellationToken);
        return records.Count == 0 ? null : records[0];
    }

    /// <summary>Records a file whose rows are all there, unless it is recorded already.</summary>
    /// <returns>The record that counts: of this attempt or of another.</returns>
    /// <exception cref="CommandFailure">It could not be recorded.</exception>
    public async Task<LoadedFile> RecordAsync(string fileId, string fileName, Guid attempt, long rows, CancellationToken cancellationToken)
    {
        var settings = await ExactlyOnceSettings.DiscoverAsync(warehouse, cancellationToken);
        for (var token = 1; token <= MaxTokens; token++)
        {
            if (await FindAsync(fileId, cancellationToken) is { } recorded)
            {
                return recorded;
            }

            var last = await warehouse.ScalarAsync<ulong>(
                new("SELECT max(load) FROM ops.loaded_files WHERE loaded_table = {table:String}") { Parameters = new() { { "table", table } } },
                    cancellationToken);
            var insert = new ClickHouseInsert("ops", "loaded_files", "RowBinary") { Columns = Columns, Settings = settings.For($"{table}/{fileId}/{token}") };
            await warehouse.InsertAsync(insert, Row(last + 1, fileId, fileName, attempt, rows), cancellationToken);
        }

        return await FindAsync(fileId, cancellationToken)
            ?? throw new CommandFailure("The file could not be recorded, so its rows do not count: ClickHouse remembers an insert whose rows it has lost. Run "
                + "load again.");
    }

    private ReadOnlyMemory<byte> Row(ulong load, string fileId, string fileName, Guid attempt, long rows)
    {
        var row = new RowBytes();
        row.Text(Encoding.UTF8.GetBytes(table));
        row.Write(load);
        row.Text(Encoding.UTF8.GetBytes(fileId));
        row.Text(Encoding.UTF8.GetBytes(fileName));
        row.Uuid(attempt);
        row.Write((ulong)rows);
        return row.Written;
    }
}

/// <param name="Load">Its place in the order of the table's files.</param>
/// <param name="FileName">That it was loaded under.</param>
/// <param name="Attempt">Whose rows count.</param>
/// <param name="Rows">Of the file.</param>
/// <param name="LoadedAt">When it was recorded.</param>
internal sealed record LoadedFile(ulong Load, string FileName, Guid Attempt, long Rows, DateTimeOffset LoadedAt);
