using System.Globalization;
using System.Text.RegularExpressions;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests.Rules;

/// <summary>House rules for files, names and log messages.</summary>
internal static partial class StyleRules
{
    private const int MaxLines = 350;
    private const int MaxWidth = 160;

    public static IEnumerable<Violation> TooLong(SourceTree tree)
    {
        foreach (var file in tree.CSharp.Where(file => !file.IsGenerated))
        {
            var lines = file.Lines;
            if (lines.Length - 1 > MaxLines)
            {
                yield return new Violation(file.Path, 0, $"has {lines.Length - 1} lines, more than {MaxLines}");
            }

            for (var index = 0; index < lines.Length; index++)
            {
                if (lines[index].TrimEnd('\r').Length is var width && width > MaxWidth)
                {
                    yield return new Violation(file.Path, index + 1, $"has {width} characters, more than {MaxWidth}");
                }
            }
        }
    }

    /// <summary>An id of a log event stands twice, wherever: whoever searches for it must find one message.</summary>
    public static IEnumerable<Violation> RepeatedEventIds(SourceTree tree)
    {
        var ids = tree.CSharp.SelectMany(file => LoggerMessage().Matches(file.CSharp.Code)
            .Select(match =>
                (Id: int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture), File: file, Line: SourceFile.LineOf(file.Text, match.Index))));
        foreach (var same in ids.GroupBy(id => id.Id).Where(same => same.Count() > 1))
        {
            var first = same.First();
            foreach (var (id, file, line) in same.Skip(1))
            {
                yield return new Violation(file.Path, line, $"the event id {id} is that of {first.File.Path}:{first.Line}");
            }
        }
    }

    /// <summary>A folder or a type whose name says that it holds what found no place.</summary>
    public static IEnumerable<Violation> ForbiddenNames(SourceTree tree)
    {
        foreach (var path in tree.Paths.Where(path => !path.StartsWith('.') && Forbidden().IsMatch(Path.GetFileNameWithoutExtension(path))))
        {
            yield return new Violation(path, 0, "has a name that says nothing");
        }

        foreach (var file in tree.CSharp)
        {
            foreach (var match in Type().Matches(file.CSharp.Code).Where(match => Forbidden().IsMatch(match.Groups["name"].Value)))
            {
                yield return new Violation(
                    file.Path, SourceFile.LineOf(file.Text, match.Index), $"the type {match.Groups["name"].Value} has a name that says nothing");
            }
        }
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex LoggerMessage();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) (?<name>\w+)")]
    private static partial Regex Type();

    // Whole words in PascalCase, or all of the name.
    [GeneratedRegex(@"(^|(?<=[a-z0-9]))(Common|Utils?|Utilities|Helpers?|Manager)(?![a-z])|^(common|utils?|helpers?|manager)$")]
    private static partial Regex Forbidden();
}
