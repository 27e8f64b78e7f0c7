using System.Text.RegularExpressions;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Queries;

/// <summary>
/// Finds values for a query's parameters in the warehouse itself. One that is compared with a column gets a value of that column, from a table that the query
/// reads; those of one table come from one row, so that they fit together.
/// </summary>
/// <param name="warehouse">Where the rows are.</param>
/// <param name="generation">That readers see.</param>
/// <param name="oldest">The oldest month that counts.</param>
/// <param name="today">The last day of a range.</param>
internal sealed class ParameterSamples(ClickHouseClient warehouse, uint generation, DateOnly oldest, DateOnly today)
{
    /// <summary>Of rows that a query is asked for at most.</summary>
    private const string Rows = "1000";

    private readonly Dictionary<string, IReadOnlyList<ColumnRow>> _columns = [];

    /// <summary>Values in ClickHouse's text form, by name; optional parameters that have none are not in it.</summary>
    /// <exception cref="CommandFailure">A parameter that is not optional has none; the message names it.</exception>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(string sql, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();
        var wanted = new List<QueryParameter>();
        foreach (var parameter in QueryParameter.Of(sql))
        {
            if (Known(parameter) is { } value)
            {
                values[parameter.Name] = value;
            }
            else if (parameter.Columns.Count > 0)
            {
                wanted.Add(parameter);
            }
            else if (!parameter.IsOptional)
            {
                throw new CommandFailure($"the values of its parameter {{{parameter.Name}:{parameter.Type}}} cannot be determined: it is compared with no "
                    + $"column");
            }
        }

        foreach (var table in await ByTableAsync(QueryParameter.TablesOf(sql), wanted, cancellationToken))
        {
            await SampleAsync(table.Key, [.. table], values, cancellationToken);
        }

        return values;
    }

    private string? Known(QueryParameter parameter) => (parameter.Name, parameter.PlainType) switch
    {
        ("generation", _) => $"{generation}",
        ("oldest" or "from", "Date" or "Date32") => $"{oldest:yyyy-MM-dd}",
        ("to" or "day", "Date" or "Date32") => $"{today:yyyy-MM-dd}",
        (_, "Bool") => "false",
        // Where a page begins: before everything.
        var (name, type) when name.StartsWith("after", StringComparison.Ordinal) => type == "String" ? "" : "0",
        _ => parameter.IsLimit ? Rows : parameter.Literal,
    };

    /// <summary>Gives each parameter to one table: to one that has them all where there is one, else to the first that has its columns.</summary>
    private async Task<ILookup<string, QueryParameter>> ByTableAsync(
        IReadOnlyList<string> tables, IReadOnlyList<QueryParameter> wanted, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, HashSet<string>>();
        foreach (var table in tables)
        {
            columns[table] = [.. (await ColumnsAsync(table, cancellationToken)).Select(column => column.Name)];
        }

        var ofAll = tables.FirstOrDefault(table => wanted.All(parameter => Has(table, parameter)));
        return wanted
            .Select(parameter => (Parameter: parameter, Table: ofAll ?? tables.FirstOrDefault(table => Has(table, parameter))))
            .Where(pair => pair.Table is not null || (pair.Parameter.IsOptional ? false : throw new CommandFailure(
                $"no table that it reads has the column ({string.Join(", ", pair.Parameter.Columns)}) that its parameter "
                    + $"{{{pair.Parameter.Name}:{pair.Parameter.Type}}} is compared with")))
            .ToLookup(pair => pair.Table!, pair => pair.Parameter);

        bool Has(string table, QueryParameter parameter) => parameter.Columns.All(columns[table].Contains);
    }

    private async Task SampleAsync(
        string table, IReadOnlyList<QueryParameter> parameters, Dictionary<string, string> values, CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(table, cancellationToken);
        var isPlain = columns.All(column => column.Name != "_generation");
        var final = columns.Any(column => column.Engine.StartsWith("Replacing", StringComparison.Ordinal)) ? " FINAL" : "";
        var sql = $"SELECT [{string.Join(", ", parameters.Select(Text))}] AS texts FROM {table}{final} WHERE "
            + $"{(isPlain ? "1" : "_generation = {generation:UInt32}")} LIMIT 1";
        var statement = new ClickHouseStatement(sql) { Name = "sample", Parameters = isPlain ? [] : new() { { "generation", generation } } };
        var row = (await warehouse.QueryAsync<SampleRow>(statement, cancellationToken)).SingleOrDefault();
        for (var i = 0; i < parameters.Count; i++)
        {
            if (row?.Texts[i] is { } text)
            {
                values[parameters[i].Name] = text;
            }
            else if (!parameters[i].IsOptional)
            {
                throw new CommandFailure($"{table} has no row to take its parameter {{{parameters[i].Name}:{parameters[i].Type}}} from");
            }
        }
    }

    /// <summary>The column's value as text that can be bound to the parameter.</summary>
    private static string Text(QueryParameter parameter)
    {
        var columns = string.Join(", ", parameter.Columns.Select(Identifier.Quote));
        var value = parameter.Columns.Count > 1 ? $"tuple({columns})" : columns;
        return parameter.IsArray ? $"toString(CAST([{value}], '{parameter.Type}'))" : $"toString({value})";
    }

    private async Task<IReadOnlyList<ColumnRow>> ColumnsAsync(string table, CancellationToken cancellationToken)
    {
        if (!_columns.TryGetValue(table, out var columns))
        {
            var statement = new ClickHouseStatement(EmbeddedSql.Read("Queries/Sql/columns_of_table.sql")) { Parameters = new() { { "table", table } } };
            _columns[table] = columns = await warehouse.QueryAsync<ColumnRow>(statement, cancellationToken);
        }

        return columns;
    }
}

internal sealed record ColumnRow(string Name, string Engine);

internal sealed record SampleRow(IReadOnlyList<string?> Texts);

/// <summary>A <c>{name:Type}</c> place of a query, and what its text tells of the values that make sense there.</summary>
/// <param name="Name">As the query calls it.</param>
/// <param name="Type">ClickHouse's, for instance <c>Nullable(String)</c>.</param>
/// <param name="Columns">Which it is compared with: several where it holds tuples; none where it is not compared with any.</param>
/// <param name="Literal">A text that it is compared with; null where there is none.</param>
/// <param name="IsLimit">It says how many rows are wanted.</param>
internal sealed partial record QueryParameter(string Name, string Type, IReadOnlyList<string> Columns, string? Literal, bool IsLimit)
{
    private const string Nullable = "Nullable(";

    public bool IsOptional => Type.StartsWith(Nullable, StringComparison.Ordinal);

    /// <summary>Without <c>Nullable</c>.</summary>
    public string PlainType => IsOptional ? Type[Nullable.Length..^1] : Type;

    public bool IsArray => Type.StartsWith("Array(", StringComparison.Ordinal);

    /// <summary>The parameters of a query, in the order in which it names them.</summary>
    public static IReadOnlyList<QueryParameter> Of(string sql)
    {
        var text = Comment().Replace(sql, "");
        return [.. Place().Matches(text).Select(place => (Name: place.Groups["name"].Value, Type: place.Groups["type"].Value)).Distinct()
            .Select(place => Of(text, place.Name, place.Type))];
    }

    /// <summary>The tables that a query reads, in the order in which it names them.</summary>
    public static IReadOnlyList<string> TablesOf(string sql) =>
        [.. Table().Matches(Comment().Replace(sql, "")).Select(match => match.Groups["table"].Value).Distinct()];

    private static QueryParameter Of(string text, string name, string type)
    {
        var place = $@"\{{{Regex.Escape(name)}:[^{{}}]+\}}";
        var columns = Regex.Match(text, $@"\((?<columns>[\w.]+(?:\s*,\s*[\w.]+)+)\)\s+IN\s+{place}");
        var column = Regex.Match(text, $@"(?<columns>[\w.]+)\s*(?:=|\bIN\b)\s*(?:CAST\s*\(\s*)?{place}");
        // What is looked for finds something where it is the id of something.
        var sought = Regex.Match(text, $@"\bandi_matches\((?<columns>[\w.]+),[^{{}};]*{place}");
        var compared = columns.Success ? columns : column.Success ? column : sought;
        var literal = Regex.Match(text, $@"{place}\s*=\s*'(?<literal>[^'\\]*)'");
        return new QueryParameter(
            name,
            type,
            compared.Success ? [.. compared.Groups["columns"].Value.Split(',').Select(part => part.Trim().Split('.')[^1])] : [],
            literal.Success ? literal.Groups["literal"].Value : null,
            Regex.IsMatch(text, $@"\bLIMIT\s+{place}"));
    }

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{(?<name>\w+):(?<type>[^{}]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+(?<table>\w+\.\w+)")]
    private static partial Regex Table();
}
