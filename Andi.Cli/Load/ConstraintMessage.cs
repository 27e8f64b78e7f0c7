using System.Globalization;
using System.Text.RegularExpressions;
using Andi.Oltp.Imports;

namespace Andi.Cli.Load;

/// <summary>What ClickHouse says where a row violates a constraint of its table: its name, its expression, and the values of the columns that the constraint reads.</summary>
internal static partial class ConstraintMessage
{
    /// <returns>With the line where the constraint reads it, else line 0 and the whole message.</returns>
    public static RowReject Read(string message) => Named().Match(message) is { Success: true } match
        ? new RowReject(long.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture), null, $"violates the table's rule {match.Groups["name"].Value}: {match.Groups["rule"].Value}")
        : new RowReject(0, null, message);

    [GeneratedRegex(@"Constraint `(?<name>\w+)`.* Expression: \((?<rule>.*?)( OR \(_line = 0\))?\)\. Column values: .*\b_line = (?<line>\d+)", RegexOptions.Singleline)]
    private static partial Regex Named();
}
