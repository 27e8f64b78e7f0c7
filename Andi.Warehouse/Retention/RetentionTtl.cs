using System.Globalization;
using System.Text.RegularExpressions;

namespace Andi.Warehouse.Retention;

/// <summary>
/// The TTLs that follow the years that count: <c>… + INTERVAL 62 MONTH</c> of derived tables and <c>61 MONTH</c> of landing tables, five years and a margin. Derived rows stand two
/// months longer than they count, as TTL counts from the first day of their month, whose last day counts a month longer, and a month more leaves time to rebuild; landing
/// rows, dated by the day, one. Other TTLs (days, a hundred years) are not of its kind.
/// </summary>
internal static partial class RetentionTtl
{
    private const int MonthsOfAYear = 12;

    /// <summary>Which clause would have a table's rows kept for the years?</summary>
    /// <param name="engine">As <c>system.tables.engine_full</c> has it.</param>
    /// <param name="years">That count.</param>
    /// <returns>What follows MODIFY TTL; null where the table has no such TTL, or has it already.</returns>
    public static string? Differing(string engine, int years)
    {
        var ttl = OfTable().Match(engine);
        if (!ttl.Success || Months(ttl, years) is not { } months || months == ttl.Groups["months"].Value)
        {
            return null;
        }

        return $"{ttl.Groups["of"].Value}toIntervalMonth({months})";
    }

    /// <summary>A statement of a versioned file as it would be, had the file been written for the years: files say five, for ever.</summary>
    public static string InStatement(string sql, int years) => OfStatement().Replace(sql, ttl => Months(ttl, years) is { } months ? $"INTERVAL {months} MONTH" : ttl.Value);

    private static string? Months(Match ttl, int years) =>
        int.Parse(ttl.Groups["months"].ValueSpan, CultureInfo.InvariantCulture) % MonthsOfAYear is var margin and (1 or 2)
            ? ((years * MonthsOfAYear) + margin).ToString(CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@" TTL (?<of>.+ \+ )toIntervalMonth\((?<months>\d+)\)(?= SETTINGS |$)")]
    private static partial Regex OfTable();

    [GeneratedRegex(@"(?<=\bTTL\b[^\n]*)\bINTERVAL (?<months>61|62) MONTH\b")]
    private static partial Regex OfStatement();
}
