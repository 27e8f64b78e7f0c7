using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Export;

/// <summary>The rows of a table that count: of the generation that readers see, the newest version of each, nothing that was deleted or taken back.</summary>
internal static class ExportedTable
{
    private static readonly string[] Databases = ["facts", "dims", "agg", "models", "marts", "staging"];

    // Of the rows that tell which columns may hold JSON.
    private const int Sample = 1000;

    /// <summary>The SELECT that gives them, and those of its columns that hold text.</summary>
    /// <param name="warehouse">Where the table is.</param>
    /// <param name="name">With its database: <c>DATABASE.TABLE</c>.</param>
    /// <exception cref="CommandFailure">There is no such table.</exception>
    public static async Task<(string Select, IReadOnlyList<string> Texts)> SelectAsync(
        ClickHouseClient warehouse, string name, CancellationToken cancellationToken)
    {
        if (name.Split('.') is not [var database, { Length: > 0 } table] || !Databases.Contains(database))
        {
            throw new CommandFailure($"'{name}' is not a table that can be exported; expected DATABASE.TABLE with one of {string.Join(", ", Databases)}.");
        }

        var columns = await ColumnsAsync(warehouse, database, table, cancellationToken);
        if (columns.Count == 0)
        {
            throw new CommandFailure($"There is no table {name}.");
        }

        var select = Select($"{database}.{Identifier.Quote(table)}", $"{database}.{Identifier.Quote($"{table}_current")}", columns);
        var selected = columns[0].Viewed == 1 ? await ColumnsAsync(warehouse, database, $"{table}_current", cancellationToken) : columns;
        var texts = selected.Where(column => !column.Name.StartsWith('_') && (column.Type is "String" or "Nullable(String)"));
        return (select, [.. texts.Select(column => column.Name)]);
    }

    private static Task<IReadOnlyList<ExportedColumn>> ColumnsAsync(
        ClickHouseClient warehouse, string database, string table, CancellationToken cancellationToken)
    {
        var statement = new ClickHouseStatement(EmbeddedSql.Read("Export/Sql/exported_table.sql"))
        {
            Parameters = new() { { "database", database }, { "table", table } },
        };
        return warehouse.QueryAsync<ExportedColumn>(statement, cancellationToken);
    }

    /// <summary>
    /// Those of the text columns that hold JSON objects or arrays and nothing else, as a jsonb column of the source lands. Few rows are looked at first: nearly
    /// no table has any.
    /// </summary>
    public static async Task<IReadOnlySet<string>> JsonColumnsAsync(
        ClickHouseClient warehouse, string select, IReadOnlyList<string> texts, TimeSpan limit, CancellationToken cancellationToken)
    {
        foreach (var rows in (string[])[$"{select} LIMIT {Sample}", select])
        {
            if (texts.Count > 0)
            {
                var tests = texts.Select(Identifier.Quote).Select(column =>
                    $"countIf({column} IS NOT NULL) > 0 AND countIf(NOT (isValidJSON({column}) AND match({column}, '^[{{[]'))) = 0");
                var statement = new ClickHouseStatement($"SELECT [{string.Join(", ", tests)}] AS areJson FROM ({rows})") { Name = "export", Timeout = limit };
                var answer = (await warehouse.QueryAsync<JsonColumns>(statement, cancellationToken)).Single();
                texts = [.. texts.Where((_, index) => answer.AreJson[index] == 1)];
            }
        }

        return texts.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The statement for a table of these columns.</summary>
    internal static string Select(string table, string view, IReadOnlyList<ExportedColumn> columns)
    {
        var engine = columns[0].Engine;
        var own = columns.Where(column => !column.Name.StartsWith('_') && column.Kind is not ("EPHEMERAL" or "MATERIALIZED")).ToList();
        var names = string.Join(", ", own.Select(column => Identifier.Quote(column.Name)));
        var current = columns.Any(column => column.Name == "_generation") ? "_generation = (SELECT generation FROM ops.current_generation)" : "1";
        if (columns.Any(column => column.Name == "_sign"))
        {
            // The landing table of a source: what stands is what was put in more often than it was taken out.
            var source = string.Join(", ", own.Where(column => column.Kind != "ALIAS").Select(column => Identifier.Quote(column.Name)));
            return $"SELECT {source} FROM {table} WHERE {current} GROUP BY {source} HAVING sum(_sign) > 0";
        }

        if (engine.StartsWith("Aggregating", StringComparison.Ordinal) || engine.StartsWith("Summing", StringComparison.Ordinal))
        {
            return Aggregate(table, columns.Any(column => column.Name == "month") ? $"{current} AND month >= andi_oldest_month()" : current, own);
        }

        if (columns[0].Viewed == 1 && columns.Any(column => column.Name == "_file_id"))
        {
            // A table that takes files: its own columns, so that it takes the export, too, and not those that say which file a row is from.
            return $"SELECT {names} FROM {view}";
        }

        return columns[0].Viewed == 1
            ? $"SELECT * FROM {view}"
            : $"SELECT {names} FROM {table}{(engine.StartsWith("Replacing", StringComparison.Ordinal) ? " FINAL" : "")} WHERE {current}";
    }

    /// <summary>One row for each group that has anything in it: rows of one group are added up, and what adds up to nothing was taken back.</summary>
    private static string Aggregate(string table, string condition, List<ExportedColumn> columns)
    {
        var keys = columns.Where(column => !column.IsSum).Select(column => Identifier.Quote(column.Name)).ToList();
        var counts = columns.Where(column => column.Type.StartsWith("SimpleAggregateFunction(sum, ", StringComparison.Ordinal))
            .Select(column => $"{Identifier.Quote(column.Name)} != 0").ToList();
        var sums = columns.Where(column => column.IsSum).Select(column => column.Sum);
        return $"SELECT {string.Join(", ", keys.Concat(sums))} FROM {table} AS source WHERE {condition} GROUP BY {string.Join(", ", keys)}"
            + (counts.Count == 0 ? "" : $" HAVING {string.Join(" OR ", counts)}");
    }
}

/// <param name="Engine">Of the table.</param>
/// <param name="Name">Of the column.</param>
/// <param name="Type">Of the column.</param>
/// <param name="Kind">How it is computed; empty where it is stored.</param>
/// <param name="Viewed">1 where there is a view of the rows that count.</param>
internal sealed record ExportedColumn(string Engine, string Name, string Type, string Kind, int Viewed)
{
    private const string State = "AggregateFunction(";
    private const string Simple = "SimpleAggregateFunction(";

    public bool IsSum => Type.StartsWith(State, StringComparison.Ordinal) || Type.StartsWith(Simple, StringComparison.Ordinal);

    /// <summary>What merges its values, under its own name.</summary>
    public string Sum
    {
        get
        {
            var function = Type[(Type.IndexOf('(', StringComparison.Ordinal) + 1)..];
            var isState = Type.StartsWith(State, StringComparison.Ordinal);
            var end = Depth(function);
            var open = function[..end].IndexOf('(', StringComparison.Ordinal);
            var (name, parameters) = open < 0 ? (function[..end], "") : (function[..open], function[open..end]);
            var column = $"source.{Identifier.Quote(Name)}";
            return $"{name}{(isState ? "Merge" : "")}{parameters}({column}) AS {Identifier.Quote(Name)}";
        }
    }

    // Where the function's name, with its own parameters, ends.
    private static int Depth(string function)
    {
        var depth = 0;
        for (var i = 0; i < function.Length; i++)
        {
            depth += function[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0 && function[i] == ',' || depth < 0)
            {
                return i;
            }
        }

        return function.Length;
    }
}

/// <summary>Which columns hold JSON: 1, else 0.</summary>
internal sealed record JsonColumns(IReadOnlyList<int> AreJson);
