using System.Text.RegularExpressions;
using Andi.Warehouse.Client;

namespace Andi.Warehouse.DataTests;

/// <summary>
/// The line of a data test that says of which kind it is:
/// <list type="bullet">
/// <item><c>test: unique TABLE COLUMN, …</c>: no two rows have the same values in these columns;</item>
/// <item><c>test: not_null TABLE COLUMN</c>: no row is without a value; an empty text is none, as the warehouse's columns are not nullable;</item>
/// <item><c>test: accepted_values TABLE COLUMN: VALUE, …</c>: no row has another value;</item>
/// <item><c>test: relationships TABLE COLUMN -> TABLE COLUMN</c>: each value is one of the other table's;</item>
/// <item><c>test: freshness TABLE COLUMN within N minutes|hours|days</c>: the newest row is not older; a table without rows has nothing old;</item>
/// <item><c>test: sql TABLE</c>: the statement below returns no row.</item>
/// </list>
/// </summary>
internal sealed partial record DataTestLine(string Kind, string Table, string? Generated)
{
    public const string Start = "test:";

    /// <exception cref="FormatException">It is none of these.</exception>
    public static DataTestLine Parse(string line)
    {
        var (kind, rest) = Head().Match(line) is { Success: true } head
            ? (head.Groups["kind"].Value, head.Groups["rest"].Value)
            : throw new FormatException($"'{line}' names no kind.");
        return kind switch
        {
            "unique" => Of(
                kind, rest, Unique(), at => $"SELECT {at["columns"]}, count() AS times FROM {at["table"]} GROUP BY {at["columns"]} HAVING times > 1"),
            "not_null" => Of(kind, rest, Column(), at => $"SELECT * FROM {at["table"]} WHERE {at["column"]} IS NULL OR toString({at["column"]}) = ''"),
            "accepted_values" => Of(
                kind, rest, AcceptedValues(), at => $"SELECT * FROM {at["table"]} WHERE toString({at["column"]}) NOT IN ({Values(at["values"].Value)})"),
            "relationships" => Of(
                kind, rest, Relationships(), at => $"SELECT * FROM {at["table"]} WHERE {at["column"]} NOT IN (SELECT {at["other"]} FROM {at["others"]})"),
            "freshness" => Of(
                kind, rest, Freshness(),
                at => $"SELECT max({at["column"]}) AS newest FROM {at["table"]} HAVING count() > 0 AND newest < now() - INTERVAL {at["count"]} {at["unit"]}"),
            "sql" => Of(kind, rest, OnlyTable(), _ => null),
            _ => throw new FormatException($"'{kind}' is not a kind of test."),
        };
    }

    /// <summary>The statement that returns what fails.</summary>
    /// <param name="below">The text below the comment.</param>
    /// <exception cref="FormatException">There is one below, and the kind has its own; or neither.</exception>
    public string Statement(string below) => (Generated, below.Length > 0) switch
    {
        (null, true) => below,
        ({ } own, false) => own,
        (null, false) => throw new FormatException("a test of the kind sql needs a statement below the comment."),
        _ => throw new FormatException($"a test of the kind {Kind} has its own statement; there must be none below the comment."),
    };

    private static DataTestLine Of(string kind, string rest, Regex form, Func<GroupCollection, string?> generate) =>
        form.Match(rest) is { Success: true } match
            ? new DataTestLine(kind, match.Groups["table"].Value, generate(match.Groups))
            : throw new FormatException($"'{rest}' is not what a test of the kind {kind} takes.");

    private static string Values(string list) => string.Join(", ", list.Split(',').Select(value => TextLiteral.Quote(value.Trim())));

    [GeneratedRegex(@"^test:\s*(?<kind>\w+)\s+(?<rest>.+)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^(?<table>[a-z]\w*\.\w+)\s+(?<columns>\w+(\s*,\s*\w+)*)$")]
    private static partial Regex Unique();

    [GeneratedRegex(@"^(?<table>[a-z]\w*\.\w+)\s+(?<column>\w+)$")]
    private static partial Regex Column();

    [GeneratedRegex(@"^(?<table>[a-z]\w*\.\w+)\s+(?<column>\w+)\s*:\s*(?<values>[^,]+(,[^,]+)*)$")]
    private static partial Regex AcceptedValues();

    [GeneratedRegex(@"^(?<table>[a-z]\w*\.\w+)\s+(?<column>\w+)\s*->\s*(?<others>[a-z]\w*\.\w+)\s+(?<other>\w+)$")]
    private static partial Regex Relationships();

    [GeneratedRegex(@"^(?<table>[a-z]\w*\.\w+)\s+(?<column>\w+)\s+within\s+(?<count>\d{1,4})\s+(?<unit>minute|hour|day)s?$")]
    private static partial Regex Freshness();

    [GeneratedRegex(@"^(?<table>[a-z]\w*\.\w+)$")]
    private static partial Regex OnlyTable();
}
