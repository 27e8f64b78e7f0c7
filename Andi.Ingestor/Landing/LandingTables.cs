using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Ingestor.Landing;

/// <summary>Asks ClickHouse, again and again, for the shape of the landing tables: a migration's new table or column is used without a restart.</summary>
internal sealed class LandingTables(ClickHouseClient warehouse) : ILandingTables
{
    private const string Database = "staging";
    private const string Suffix = "_changes";
    private static readonly string ColumnsSql = EmbeddedSql.Read("Landing/Sql/landing_columns.sql");

    private volatile Dictionary<string, LandingTable> _tables = [];

    public LandingTable? Find(string sourceTable) => _tables.GetValueOrDefault(sourceTable);

    /// <summary>Looks again. A table that did not change stays the same object.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var statement = new ClickHouseStatement(ColumnsSql) { Name = "landing_columns", Parameters = new ClickHouseParameters { { "database", Database } } };
        var rows = await warehouse.QueryAsync<ColumnRow>(statement, cancellationToken);
        var known = _tables;
        _tables = rows
            .GroupBy(row => row.Table, row => new LandingColumn(row.Name, row.Type, row.Optional))
            .Select(table => new LandingTable(Database, table.Key, [.. table]))
            .Select(table => known.GetValueOrDefault(SourceOf(table)) is { } before && before.Columns.SequenceEqual(table.Columns) ? before : table)
            .ToDictionary(SourceOf, StringComparer.Ordinal);
    }

    private static string SourceOf(LandingTable table) => table.Name[..^Suffix.Length];
}

internal sealed record ColumnRow(string Table, string Name, string Type, bool Optional);

/// <summary>The landing tables of the warehouse.</summary>
internal interface ILandingTables
{
    /// <summary>The landing table of a source table, as it was a moment ago; null where there is none (yet).</summary>
    LandingTable? Find(string sourceTable);
}
