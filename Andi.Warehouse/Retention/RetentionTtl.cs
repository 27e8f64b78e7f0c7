using System.Globalization;
using System.Text.RegularExpressions;

namespace Andi.Warehouse.Retention;

/// <summary>
/// TTLs that follow the years that count. In a versioned file such a TTL reads <c>INTERVAL {{retention_months + 2}} MONTH</c>: the months of the years
/// that count, and two more. Other TTLs, of whatever length, are their area's own and never touched.
/// </summary>
internal static partial class RetentionTtl
{
    private const int MonthsOfAYear = 12;

    /// <summary>A statement of a versioned file with the number of months in the place of each placeholder.</summary>
    public static string InStatement(string sql, int years) =>
        Placeholder().Replace(sql, placeholder => Months(years, Margin(placeholder)).ToString(CultureInfo.InvariantCulture));

    /// <summary>The tables whose TTL follows the years that count, with the months that each adds to them.</summary>
    /// <param name="statements">Of all versioned files, in their order: a later one may lay a table out anew, or give it another TTL.</param>
    public static IReadOnlyDictionary<string, int> Margins(IEnumerable<string> statements)
    {
        var margins = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sql in statements)
        {
            if (TtlOfTable().Match(sql) is not { Success: true } table)
            {
                continue;
            }

            if (Placeholder().Match(sql) is { Success: true } placeholder)
            {
                margins[table.Groups["table"].Value] = Margin(placeholder);
            }
            else
            {
                margins.Remove(table.Groups["table"].Value);
            }
        }

        return margins;
    }

    /// <summary>Which clause would have the rows of a table kept for the years?</summary>
    /// <param name="engine">The value of <c>system.tables.engine_full</c>.</param>
    /// <param name="years">How many years count.</param>
    /// <param name="margin">The months that the table adds to them.</param>
    /// <returns>What follows MODIFY TTL; null where the table has that clause already.</returns>
    public static string? Differing(string engine, int years, int margin)
    {
        var ttl = OfEngine().Match(engine);
        var months = Months(years, margin).ToString(CultureInfo.InvariantCulture);
        return !ttl.Success || months == ttl.Groups["months"].Value ? null : $"{ttl.Groups["of"].Value}toIntervalMonth({months})";
    }

    private static int Months(int years, int margin) => (years * MonthsOfAYear) + margin;

    private static int Margin(Match placeholder) => int.Parse(placeholder.Groups["margin"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\{retention_months \+ (?<margin>\d{1,2})\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^(CREATE TABLE IF NOT EXISTS|CREATE OR REPLACE TABLE|ALTER TABLE(?=[^\n]* MODIFY TTL )) (?<table>\w+\.\w+)", RegexOptions.Multiline)]
    private static partial Regex TtlOfTable();

    [GeneratedRegex(@" TTL (?<of>.+ \+ )toIntervalMonth\((?<months>\d+)\)(?= SETTINGS |$)")]
    private static partial Regex OfEngine();
}

/// <summary>A row of <c>system.tables</c>.</summary>
/// <param name="Table">With its database.</param>
/// <param name="EngineFull">The engine with all clauses.</param>
internal sealed record TableWithTtl(string Table, string EngineFull);
