using System.Globalization;

namespace Andi.Topology;

/// <summary>For how many years rows may count. See docs/decisions/retention.md.</summary>
public static class RetentionLimits
{
    /// <summary>Of a warehouse that was never told: what its table files say, and the first row of <c>ops.retention</c>.</summary>
    public const int DefaultYears = 5;

    public const int LeastYears = 1;

    /// <summary>
    /// Rows are dated up to 2099-12-31, and ClickHouse's dates end in June 2149: a row of the last month must be droppable by a date that exists.
    /// </summary>
    public const int MostYears = 49;

    /// <summary>Whether the text is a number of years that rows may count.</summary>
    public static bool TryParse(string text, out int years) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out years) && years is >= LeastYears and <= MostYears;

    /// <summary>What to tell where <see cref="TryParse"/> says no.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="name">The option or variable that it was given by.</param>
    public static string Refusal(string text, string name) => $"'{text}' is not a number of years from {LeastYears} to {MostYears} ({name}).";
}
