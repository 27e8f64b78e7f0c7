using Andi.Cli.Backup;
using Andi.Cli.Load.Columns;
using Andi.Warehouse.Client;

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
    /// <param name="cancellationToken">Gives up.</param>
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
                throw new CommandFailure($"{table.FullName} takes no files: its column {column.Name}: {unknown.Message}.");
            }
        }

        return new LoadableTable(table.Name, columns);
    }
}

/// <param name="Name">Of the table's column and the file's.</param>
/// <param name="Reader">For its type.</param>
internal sealed record LoadableColumn(string Name, ValueReader Reader);
