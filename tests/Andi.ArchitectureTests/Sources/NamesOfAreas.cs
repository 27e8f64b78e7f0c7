using System.Text.RegularExpressions;

namespace Andi.ArchitectureTests.Sources;

/// <summary>
/// The areas, read from their own folders: their names are those of the folders, their tables and columns those that their SQL creates, the areas that they
/// need those of their <c>DependsOn</c>.
/// </summary>
internal sealed partial class NamesOfAreas
{
    private NamesOfAreas(IReadOnlyList<string> areas) => Areas = areas;

    /// <summary>In lower case.</summary>
    public IReadOnlyList<string> Areas { get; }

    /// <summary>Tables by name, without their database, and the area that creates each.</summary>
    public IReadOnlyDictionary<string, string> Tables { get; private init; } = new Dictionary<string, string>();

    /// <summary>Columns of areas that no SQL outside of them has, and whose name is more than one word.</summary>
    public IReadOnlySet<string> Columns { get; private init; } = new HashSet<string>();

    /// <summary>For each area those that it lists, in any layer, and those that these list.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Needs { get; private init; } = new Dictionary<string, IReadOnlySet<string>>();

    public static NamesOfAreas In(SourceTree tree)
    {
        var areas = tree.Files.Select(file => file.Area).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        var sql = tree.Files.Where(file => file.IsProduct && file.Path.EndsWith(".sql", StringComparison.Ordinal)).ToList();
        var tables = new Dictionary<string, string>();
        foreach (var file in sql.Where(file => file.Area is not null))
        {
            foreach (Match created in Created().Matches(file.WithoutComments))
            {
                tables.TryAdd(created.Groups["table"].Value, file.Area!);
                if (created.Groups["table"].Value.EndsWith("_changes", StringComparison.Ordinal))
                {
                    tables.TryAdd(created.Groups["table"].Value[..^"_changes".Length], file.Area!);
                }
            }
        }

        var shared = sql.Where(file => file.Area is null).SelectMany(file => Word().Matches(file.WithoutComments).Select(word => word.Value)).ToHashSet();
        var columns = sql.Where(file => file.Area is not null && Created().IsMatch(file.WithoutComments))
            .SelectMany(file => Column().Matches(file.WithoutComments).Select(column => column.Groups["name"].Value))
            .Where(name => name.Contains('_', StringComparison.Ordinal) && !name.StartsWith('_') && !shared.Contains(name))
            .ToHashSet();
        return new NamesOfAreas(areas) { Tables = tables, Columns = columns, Needs = ReadNeeds(tree, areas) };
    }

    private static Dictionary<string, IReadOnlySet<string>> ReadNeeds(SourceTree tree, List<string> areas)
    {
        var direct = areas.ToDictionary(area => area, area => tree.Files.Where(file => file.Area == area)
            .SelectMany(file => DependsOn().Matches(file.WithoutComments))
            .SelectMany(list => areas.Where(other => list.Groups["areas"].Value.Contains(other, StringComparison.OrdinalIgnoreCase)))
            .ToHashSet());
        var needs = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var area in areas)
        {
            var all = new HashSet<string>(direct[area]);
            while (all.SelectMany(needed => direct[needed]).Except(all).ToList() is { Count: > 0 } further)
            {
                all.UnionWith(further);
            }

            needs[area] = all;
        }

        return needs;
    }

    [GeneratedRegex(@"CREATE\s+(OR\s+REPLACE\s+)?(MATERIALIZED\s+)?(TABLE|VIEW)\s+(IF\s+NOT\s+EXISTS\s+)?\w+\.(?<table>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Created();

    [GeneratedRegex(
        @"^\s+(?<name>[a-z][a-z0-9_]*)\s+(LowCardinality|Nullable|String|U?Int\d|Decimal|Date|DateTime|Map|Array|Bool|Float|Enum|FixedString)",
        RegexOptions.Multiline)]
    private static partial Regex Column();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bDependsOn""?\s*(=>|=|:|\{\s*get;[^}]*\}\s*=)\s*(new\s*\[\]\s*\{|\[)(?<areas>[^\]}]*)[\]}]", RegexOptions.IgnoreCase)]
    private static partial Regex DependsOn();
}
