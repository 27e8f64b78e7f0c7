using System.Globalization;
using Andi.Cli.Terminal;
using Andi.Sql;
using Andi.Topology;
using Andi.Warehouse.Client;

namespace Andi.Cli.Erase.Proof;

/// <summary>Searches every column of text of every table of ClickHouse, its own logs included: its files are compressed.</summary>
internal sealed class WarehouseSearch(ClickHouseClient warehouse, Needles needles)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(6);

    /// <summary>Folders of parts that were replaced, and are not removed yet.</summary>
    public async Task<IReadOnlyList<string>> InactivePartsAsync(CancellationToken cancellationToken)
    {
        var parts = await warehouse.QueryAsync<PartRow>(new("SELECT path FROM system.parts WHERE NOT active"), cancellationToken);
        return [.. parts.Select(part => part.Path)];
    }

    public async Task<IReadOnlyList<Hit>> RunAsync(Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var tables = await warehouse.QueryAsync<TextTable>(new(EmbeddedSql.Read("Erase/Sql/text_columns.sql")), cancellationToken);
        using var step = begin("columns of ClickHouse", tables.Count);
        var hits = new List<Hit>();
        for (var i = 0; i < tables.Count; i++)
        {
            var table = tables[i];
            var found = string.Join(" OR ", table.Columns.Select(column => $"multiSearchAny(toString({Identifier.Quote(column)}), {{words:Array(String)}})"));
            var statement = new ClickHouseStatement($"SELECT count() FROM {Identifier.Quote(table.Database)}.{Identifier.Quote(table.Name)} WHERE {found}")
            {
                Name = "erase",
                Parameters = new() { { "words", needles.Texts } },
                Timeout = Limit,
            };
            if (await warehouse.ScalarAsync<long>(statement, cancellationToken) is > 0 and var rows)
            {
                hits.Add(new(ResourceNames.ClickHouse, string.Create(CultureInfo.InvariantCulture, $"{table.Table}, {rows:N0} rows"), null, 0, null));
            }

            step.Report(i + 1);
        }

        return hits;
    }
}

internal sealed record PartRow(string Path);

internal sealed record TextTable(string Table, string Database, string Name, IReadOnlyList<string> Columns);
