using System.Text.RegularExpressions;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests.Rules;

/// <summary>Documents, and comments that point to documents, show only what is there.</summary>
internal static partial class DocumentRules
{
    // Its tests point to made-up documents.
    private const string OwnProject = "tests/Andi.ArchitectureTests";

    private const string DecisionFolder = "docs/decisions/";

    private static readonly string[] OwnFolders = ["Andi.", "docs/", "tests/", "engines/", "bench/", "dashboards/", ".ci/"];

    public static IEnumerable<Violation> Missing(SourceTree tree) => tree.Documents.SelectMany(file => MissingIn(tree, file))
        .Concat(tree.Files.Where(file => Path.GetExtension(file.Path) != ".md" && file.Project != OwnProject)
            .SelectMany(file => DocumentPath().Matches(file.Text)
            .Where(match => !tree.Has(match.Value))
            .Select(match => new Violation(file.Path, SourceFile.LineOf(file.Text, match.Index), $"points to {match.Value}, which is not there"))));

    /// <summary>A decision without a number, a status, a date, a condition under which to undo it, or a line in the index.</summary>
    public static IEnumerable<Violation> Decisions(SourceTree tree)
    {
        var index = tree.Documents.SingleOrDefault(file => file.Path == $"{DecisionFolder}README.md")?.Text ?? "";
        foreach (
            var page in tree.Documents.Where(
            file => file.Path.StartsWith(DecisionFolder, StringComparison.Ordinal) && Path.GetFileName(file.Path) != "README.md"))
        {
            var name = Path.GetFileName(page.Path);
            (bool IsThere, string What)[] parts =
            [
                (DecisionName().IsMatch(name), "number"), (StatusLine().IsMatch(page.Text), "line 'Status: … · Date: …'"),
                (page.Text.Contains("**Undo it when**", StringComparison.Ordinal), "paragraph 'Undo it when'"),
                (index.Contains($"({name})", StringComparison.Ordinal), "line in the index"),
            ];
            foreach (var (_, what) in parts.Where(part => !part.IsThere))
            {
                yield return new Violation(page.Path, 0, $"has no {what}");
            }
        }
    }

    private static IEnumerable<Violation> MissingIn(SourceTree tree, SourceFile file)
    {
        var links = Link().Matches(file.Text).Where(link => !LinkExists(tree, file, link.Groups["target"].Value))
            .Select(link => (link.Index, What: $"the link {link.Groups["target"].Value}"));
        var paths = CodeSpan().Matches(file.Text).Where(span => IsPath(span.Groups["code"].Value) && !PathExists(tree, span.Groups["code"].Value))
            .Select(span => (span.Index, What: $"the path {span.Groups["code"].Value}"));
        var commands = CodeBlock().Matches(file.Text)
            .SelectMany(
                block => block.Groups["lines"].Captures.SelectMany(lines => MissingCommands(tree, lines.Value).Select(what => (lines.Index, What: what))))
            .Concat(CodeSpan().Matches(file.Text)
                .SelectMany(span => MissingCommands(tree, span.Groups["code"].Value).Select(what => (span.Index, What: what))));
        var tests = CodeSpan().Matches(file.Text).Where(span => TestName().IsMatch(span.Groups["code"].Value) && !HasTest(tree, span.Groups["code"].Value))
            .Select(span => (span.Index, What: $"the test {span.Groups["code"].Value}"));
        return links.Concat(paths).Concat(commands).Concat(tests)
            .Select(missing => new Violation(file.Path, SourceFile.LineOf(file.Text, missing.Index), $"{missing.What} is not there"));
    }

    private static bool HasTest(SourceTree tree, string name) =>
        tree.CSharp.Any(file => file.Path.StartsWith("tests/", StringComparison.Ordinal) && file.Text.Contains($" {name}(", StringComparison.Ordinal));

    private static bool LinkExists(SourceTree tree, SourceFile file, string target)
    {
        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, "");
        var document = path == "" ? file.Path : Normalized(Path.GetDirectoryName(file.Path)!, path);
        return tree.Has(document) && (anchor == "" || !document.EndsWith(".md", StringComparison.Ordinal)
            || tree.Documents.Single(other => other.Path == document).Lines.Any(line => line.StartsWith('#') && Anchor(line) == anchor));
    }

    private static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string Normalized(string folder, string path)
    {
        var parts = new List<string>();
        foreach (var part in $"{folder}/{path}".Split('/').Where(part => part is not "" and not "."))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static bool IsPath(string code) => code.Contains('/', StringComparison.Ordinal) && PlainPath()
        .IsMatch(code) && OwnFolders.Any(folder => code.StartsWith(folder, StringComparison.Ordinal))
        && !code.Split('/').Any(SourceTree.IsSkipped);

    // <area> and * stand for any name.
    private static bool PathExists(SourceTree tree, string path)
    {
        if (!path.Contains('<', StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal))
        {
            return tree.Has(path);
        }

        var pattern = new Regex($"^{Placeholder().Replace(Regex.Escape(path.TrimEnd('/')), "[^/]+")}$", RegexOptions.IgnoreCase);
        return tree.Paths.Any(pattern.IsMatch);
    }

    private static IEnumerable<string> MissingCommands(SourceTree tree, string text)
    {
        foreach (Match project in Project().Matches(text))
        {
            var path = project.Groups["path"].Value;
            if (!tree.Has(path)
                || (!path.EndsWith("proj", StringComparison.Ordinal) && !tree.Has($"{path}/{Path.GetFileName(path)}.csproj") && path != "bench"))
            {
                yield return $"the project {path}";
            }
        }

        foreach (Match command in CliCommand().Matches(text))
        {
            if (!CliCommands(tree).Contains(command.Groups["name"].Value))
            {
                yield return $"the command {command.Groups["name"].Value} of Andi.Cli";
            }
        }

        foreach (var target in MakeTargets().Matches(text).SelectMany(make => make.Groups["target"].Captures.Select(target => target.Value)))
        {
            if (tree.Files.FirstOrDefault(file => file.Path == "Makefile") is { } makefile && !makefile.Text.Contains($"\n{target}:", StringComparison.Ordinal))
            {
                yield return $"the make target {target}";
            }
        }
    }

    private static HashSet<string> CliCommands(SourceTree tree) =>
    [
        .. tree.CSharp.Where(file => file.Project == "Andi.Cli").SelectMany(file => NewCommand().Matches(file.WithoutComments))
            .Select(match => match.Groups["name"].Value),
    ];

    [GeneratedRegex(@"(?<![\w/])docs/[\w./-]+\.md")]
    private static partial Regex DocumentPath();

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName();

    [GeneratedRegex(@"^Status: [\w ]+ · Date: \d{4}-\d\d-\d\d$", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"\]\((?<target>(?!https?:|mailto:)[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!`)`(?<code>[^`\n]+)`(?!`)")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^```(sh|bash|console)\n(?<lines>[^\n]*\n)*?```", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^[A-Z][a-z]*(_\w+){2,}$")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^[\w.<>*/-]+$")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"<\w+>|\\\*")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"\bdotnet (run|test|build)\b[^\n|;]*?(--project |(test|build) )(?<path>(Andi\.|tests/|bench|engines/)[\w./-]*)")]
    private static partial Regex Project();

    [GeneratedRegex(@"\bAndi\.Cli( --)? (?<name>[a-z][a-z-]+)\b")]
    private static partial Regex CliCommand();

    [GeneratedRegex(@"^make(?<arguments> ((?<target>[a-z][a-z-]*)|[A-Z]+=\S*))+", RegexOptions.Multiline)]
    private static partial Regex MakeTargets();

    [GeneratedRegex(@"new( Command)?\(\s*""(?<name>[a-z][a-z-]+)""")]
    private static partial Regex NewCommand();
}
