using System.Text.RegularExpressions;

namespace Andi.Cli.Queries;

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
        return [.. Place().Matches(text).Select(place => (Name: place.Groups["name"].Value, Type: place.Groups["type"].Value)).Distinct().Select(place => Of(text, place.Name, place.Type))];
    }

    /// <summary>The tables that a query reads, in the order in which it names them.</summary>
    public static IReadOnlyList<string> TablesOf(string sql) => [.. Table().Matches(Comment().Replace(sql, "")).Select(match => match.Groups["table"].Value).Distinct()];

    private static QueryParameter Of(string text, string name, string type)
    {
        var place = $@"\{{{Regex.Escape(name)}:[^{{}}]+\}}";
        var columns = Regex.Match(text, $@"\((?<columns>[\w.]+(?:\s*,\s*[\w.]+)+)\)\s+IN\s+{place}");
        var column = Regex.Match(text, $@"(?<columns>[\w.]+)\s*(?:=|\bIN\b)\s*(?:CAST\s*\(\s*)?{place}");
        var compared = columns.Success ? columns : column;
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
