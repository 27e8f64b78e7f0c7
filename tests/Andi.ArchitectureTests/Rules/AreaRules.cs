using System.Text.RegularExpressions;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests.Rules;

/// <summary>The layer rule: an area is a folder of its name in each layer, and nothing outside of these folders names it.</summary>
internal static partial class AreaRules
{
    private static readonly string[] Pipeline = ["Andi.Ingestor/", "Andi.Oltp/ChangeCapture/", "Andi.Contracts/"];

    /// <summary>
    /// A file outside of an area's folders names the area, a table or a column of it. Tables whose name is one English word count with their database or
    /// schema only, columns only where their name is more than one word.
    /// </summary>
    public static IEnumerable<Violation> NamedOutside(SourceTree tree)
    {
        var names = tree.Names;
        if (names.Areas.Count == 0)
        {
            yield break;
        }

        var area = new Regex($@"\b({Alternatives(names.Areas)})\b(?!-)", RegexOptions.IgnoreCase);
        var compound = names.Columns.Concat(names.Tables.Keys.Where(table => table.Contains('_', StringComparison.Ordinal)));
        var words = new Regex($@"(?<![\w/-])(\w+\.)?({Alternatives(compound)})(?!\w)");
        var qualified = new Regex($@"\b(public|staging|facts|dims|agg|models|marts)\.({Alternatives(names.Tables.Keys)})\b");
        foreach (var file in tree.Files.Where(file => file.IsProduct && file.Area is null && IsCode(file)))
        {
            var text = file.WithoutComments;
            foreach (var match in area.Matches(text).Concat(words.Matches(text)).Concat(qualified.Matches(text)).DistinctBy(match => match.Index))
            {
                yield return new Violation(file.Path, SourceFile.LineOf(text, match.Index), $"names '{match.Value}', which belongs to an area");
            }
        }
    }

    /// <summary>The relay, the ingestor or the contract between them names a table of an area in a string or in SQL.</summary>
    public static IEnumerable<Violation> TablesInPipeline(SourceTree tree)
    {
        if (tree.Names.Tables.Count == 0)
        {
            yield break;
        }

        var table = new Regex($@"\b({Alternatives(tree.Names.Tables.Keys)})\b");
        foreach (var file in tree.Files.Where(file => IsCode(file) && Pipeline.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))))
        {
            var text = file.WithoutComments;
            var code = file.Path.EndsWith(".cs", StringComparison.Ordinal) ? file.CSharp.Code : null;
            foreach (Match match in table.Matches(text))
            {
                if (code is null || char.IsWhiteSpace(code[match.Index]))
                {
                    yield return new Violation(file.Path, SourceFile.LineOf(text, match.Index), $"names the table '{match.Value}'");
                }
            }
        }
    }

    /// <summary>An area names a namespace or a table of another one that is not among those that it depends on.</summary>
    public static IEnumerable<Violation> UsedWithoutDependsOn(SourceTree tree)
    {
        var names = tree.Names;
        foreach (var file in tree.Files.Where(file => file.Area is not null && IsCode(file)))
        {
            var text = file.WithoutComments;
            var used = NamespaceOfArea().Matches(text).Select(match => (match.Index, Area: match.Groups["area"].Value.ToLowerInvariant(), What: match.Value))
                .Concat(QualifiedTable().Matches(text).Where(match => names.Tables.ContainsKey(match.Groups["table"].Value))
                    .Select(match => (match.Index, Area: names.Tables[match.Groups["table"].Value], What: match.Value)))
                .Where(use => names.Areas.Contains(use.Area) && use.Area != file.Area && !names.Needs[file.Area!].Contains(use.Area));
            foreach (var (index, area, what) in used)
            {
                yield return new Violation(file.Path, SourceFile.LineOf(text, index), $"uses '{what}' of {area}, which {file.Area} does not list in DependsOn");
            }
        }
    }

    private static bool IsCode(SourceFile file) => Path.GetExtension(file.Path) is ".cs" or ".sql";

    private static string Alternatives(IEnumerable<string> names) =>
        string.Join('|', names.OrderByDescending(name => name.Length).Select(Regex.Escape).DefaultIfEmpty("(?!)"));

    [GeneratedRegex(@"\b(Areas|Seed)\.(?<area>[A-Z]\w+)")]
    private static partial Regex NamespaceOfArea();

    [GeneratedRegex(@"\b(public|staging|facts|dims|agg|models|marts)\.(?<table>\w+)")]
    private static partial Regex QualifiedTable();
}
