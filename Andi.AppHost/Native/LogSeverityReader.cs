using System.Text.RegularExpressions;

namespace Andi.AppHost.Native;

/// <summary>
/// Finds the severity in a line of a .NET service, of PostgreSQL or of Java's log4j. A statement that PostgreSQL refused is its client's affair,
/// who reports it where it matters: not an error here.
/// </summary>
internal sealed partial class LogSeverityReader
{
    private LogSeverity _last;

    /// <summary>Lines that go on with a message (they are indented) have the severity of the line it began with.</summary>
    public LogSeverity Read(string line)
    {
        if (line.Length > 0 && !char.IsWhiteSpace(line[0]))
        {
            var mark = Mark().Match(line);
            _last = mark.Groups["error"].Success ? LogSeverity.Error : mark.Success ? LogSeverity.Warning : LogSeverity.Information;
        }

        return _last;
    }

    // .NET: "fail: Category[0]", perhaps after a timestamp; PostgreSQL: "2026-01-01 … [123] PANIC:  …"; log4j: "2026-01-01 … WARN …".
    [GeneratedRegex(@"^(?:\S+ )?(?:(?<error>fail|crit)|warn): |^\d{4}-\d\d-\d\d [^@]{0,60}?(?:(?<error>ERROR|FATAL|PANIC)|WARN(?:ING)?)[: ]")]
    private static partial Regex Mark();
}
