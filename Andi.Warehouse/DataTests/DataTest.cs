using Andi.Warehouse.Areas;

namespace Andi.Warehouse.DataTests;

/// <summary>
/// What must hold of a table's rows, as a file says it: <c>Areas/{area}/tests/{name}.sql</c>, or the platform's. A comment tells what it means, the line
/// <c>-- test: …</c> of which kind it is (<see cref="DataTestLine"/>); the statement follows from the kind or, for <c>sql</c>, stands below.
/// </summary>
public sealed record DataTest
{
    private const string Comment = "--";

    private DataTest(string name, string says, string kind, string table, string sql)
    {
        Name = name;
        Says = says;
        Kind = kind;
        Table = table;
        Sql = sql;
    }

    /// <summary>With its area: <c>{area}/{name}</c>.</summary>
    public string Name { get; }

    /// <summary>What it means, in a sentence.</summary>
    public string Says { get; }

    /// <summary><c>unique</c>, <c>not_null</c>, <c>accepted_values</c>, <c>relationships</c>, <c>freshness</c> or <c>sql</c>.</summary>
    public string Kind { get; }

    /// <summary>Whose rows are tested, with its database.</summary>
    public string Table { get; }

    /// <summary>Returns what fails: no row where it holds.</summary>
    public string Sql { get; }

    /// <summary>Every data test that this assembly was built with, by name.</summary>
    /// <exception cref="FormatException">A file is not one.</exception>
    public static IReadOnlyList<DataTest> All() =>
        [.. SqlFile.In("tests").Select(file => Parse($"{file.Area}/{file.Name}", file.Read()))];

    /// <exception cref="FormatException">It has no sentence, not one line that names a kind, or a statement where it should not, or none where it
    /// should.</exception>
    public static DataTest Parse(string name, string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).ToList();
        var comments = lines.TakeWhile(line => line.StartsWith(Comment, StringComparison.Ordinal)).Select(line => line[Comment.Length..].Trim()).ToList();
        var body = string.Join('\n', lines.Skip(comments.Count)).Trim();
        var says = string.Join(' ', comments.Where(line => !line.StartsWith(DataTestLine.Start, StringComparison.Ordinal)));
        var tests = comments.Where(line => line.StartsWith(DataTestLine.Start, StringComparison.Ordinal)).ToList();
        if (says.Length == 0)
        {
            throw new FormatException($"{name}: the comment does not say what the test means.");
        }

        if (tests is not [var only])
        {
            throw new FormatException($"{name}: there must be one line '-- {DataTestLine.Start} …'.");
        }

        try
        {
            var line = DataTestLine.Parse(only);
            return new DataTest(name, says, line.Kind, line.Table, line.Statement(body));
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"{name}: {wrong.Message}", wrong);
        }
    }
}
