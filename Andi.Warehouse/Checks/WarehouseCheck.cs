using Andi.Warehouse.Areas;

namespace Andi.Warehouse.Checks;

/// <summary>
/// How <c>Andi.Cli check</c> proves one table right, from the files of an area: <c>Areas/{area}/checks/{table}.sql</c> recomputes a derived table and
/// returns the keys that differ; <c>{table}.source.sql</c> and <c>{table}.warehouse.sql</c> return the rows of both stores in the same order, to be
/// compared.
/// </summary>
public sealed record WarehouseCheck
{
    private const string SourceEnd = ".source";
    private const string WarehouseEnd = ".warehouse";

    private WarehouseCheck(string table, string sql, string? sourceSql)
    {
        Table = table;
        Sql = sql;
        SourceSql = sourceSql;
    }

    /// <summary>With its database: <c>agg.classroom_scores</c>.</summary>
    public string Table { get; }

    /// <summary>ClickHouse's: the keys that differ, or, where there is a <see cref="SourceSql"/>, the rows.</summary>
    public string Sql { get; }

    /// <summary>PostgreSQL's rows; null where the table is compared with a recomputation from others of the warehouse.</summary>
    public string? SourceSql { get; }

    /// <summary>Every check, by area and table.</summary>
    /// <exception cref="FormatException">One of a pair of files has no other.</exception>
    public static IReadOnlyList<WarehouseCheck> All()
    {
        var checks = new List<WarehouseCheck>();
        var files = SqlFile.In("checks").ToDictionary(file => $"{file.Area}/checks/{file.Name}", file => file.Read());
        foreach (var (name, sql) in files)
        {
            var table = name[(name.LastIndexOf('/') + 1)..];
            if (table.EndsWith(WarehouseEnd, StringComparison.Ordinal))
            {
                checks.Add(new WarehouseCheck(table[..^WarehouseEnd.Length], sql, Other(files, name, WarehouseEnd, SourceEnd)));
            }
            else if (table.EndsWith(SourceEnd, StringComparison.Ordinal))
            {
                _ = Other(files, name, SourceEnd, WarehouseEnd);
            }
            else
            {
                checks.Add(new WarehouseCheck(table, sql, null));
            }
        }

        return checks;
    }

    private static string Other(Dictionary<string, string> files, string name, string end, string otherEnd) =>
        files.GetValueOrDefault(name[..^end.Length] + otherEnd)
            ?? throw new FormatException($"{name}.sql has no {name[..^end.Length]}{otherEnd}.sql beside it.");
}
