using System.Text.RegularExpressions;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests.Rules;

/// <summary>Folders are namespaces, and those of one project depend on each other in one direction.</summary>
internal static partial class NamespaceRules
{
    /// <summary>
    /// Namespaces of a project that lead back to themselves. A file uses a namespace where it names one of its types that it can see without a qualifier
    /// (its own, the enclosing and the imported namespaces), or qualifies one.
    /// </summary>
    public static IEnumerable<Violation> Cycles(SourceTree tree) => tree.CSharp.Where(file => file.IsProduct && !file.IsGenerated)
        .GroupBy(file => file.Project)
        .SelectMany(project => CyclesOf(project.Key, [.. project]));

    private static IEnumerable<Violation> CyclesOf(string project, List<SourceFile> files)
    {
        var spaces = files.Select(file => (File: file, Space: Space().Match(file.CSharp.Code).Groups["name"].Value)).Where(file => file.Space != "").ToList();
        var declared = spaces
            .SelectMany(file => Declared().Matches(file.File.CSharp.Code).Select(type => (Name: type.Groups["name"].Value, file.Space)))
            .ToLookup(type => type.Name, type => type.Space);
        var known = spaces.Select(file => file.Space).ToHashSet();
        var uses = new Dictionary<(string From, string To), (SourceFile File, string Type)>();
        foreach (var (file, space) in spaces)
        {
            var code = file.CSharp.Code;
            var visible = Using().Matches(code).Select(match => match.Groups["name"].Value).Where(known.Contains).Append(space).Concat(Enclosing(space))
                .ToHashSet();
            var body = Using().Replace(code, match => new string(' ', match.Length));
            foreach (Match word in Word().Matches(body))
            {
                // The namespace that a type's simple name means: the nearest one that is visible.
                var targets = declared[word.Value].Where(visible.Contains).Distinct().ToList();
                if (targets.Count > 0 && !targets.Contains(space))
                {
                    uses.TryAdd((space, targets[0]), (file, word.Value));
                }
            }
        }

        foreach (var cycle in Components(known, uses.Keys))
        {
            var members = cycle.Order(StringComparer.Ordinal).ToList();
            var ways = uses.Where(use => cycle.Contains(use.Key.From) && cycle.Contains(use.Key.To)).OrderBy(use => use.Key.From, StringComparer.Ordinal)
                .Select(use => $"{use.Key.From} -> {use.Key.To} ({Path.GetFileName(use.Value.File.Path)}: {use.Value.Type})");
            yield return new Violation(project, 0, $"{members.Count} namespaces form a cycle: {string.Join("; ", ways)}");
        }
    }

    private static IEnumerable<string> Enclosing(string space)
    {
        for (var end = space.LastIndexOf('.'); end > 0; end = space.LastIndexOf('.', end - 1))
        {
            yield return space[..end];
        }
    }

    // Sets of more than one namespace of which each reaches every other.
    private static IEnumerable<HashSet<string>> Components(HashSet<string> spaces, IEnumerable<(string From, string To)> uses)
    {
        var next = uses.ToLookup(use => use.From, use => use.To);
        var reached = spaces.ToDictionary(space => space, Reach);
        var done = new HashSet<string>();
        foreach (var space in spaces.Order(StringComparer.Ordinal).Where(space => !done.Contains(space)))
        {
            var component = reached[space].Where(other => reached[other].Contains(space)).ToHashSet();
            if (component.Count > 1)
            {
                done.UnionWith(component);
                yield return component;
            }
        }

        HashSet<string> Reach(string from)
        {
            var seen = new HashSet<string>();
            var open = new Stack<string>([from]);
            while (open.TryPop(out var space))
            {
                foreach (var to in next[space].Where(seen.Add))
                {
                    open.Push(to);
                }
            }

            return seen;
        }
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Space();

    [GeneratedRegex(@"^using (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^(public |internal |file )?[\w ]*\b(class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w+")]
    private static partial Regex Word();
}
