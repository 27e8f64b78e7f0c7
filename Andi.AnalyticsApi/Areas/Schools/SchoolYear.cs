using System.Globalization;
using System.Text.RegularExpressions;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>School years as questions name them: <c>2025-2026</c> or <c>2025</c>, which is the year that begins then.</summary>
internal static partial class SchoolYear
{
    /// <summary>What a question should have said.</summary>
    public const string Expected = "must be a year (2025) or a year and the next (2025-2026)";

    /// <summary>As the write side keeps it; a text that is no year stays as it is.</summary>
    public static string? Canonical(string? year) =>
        year is { Length: 4 } && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? string.Create(CultureInfo.InvariantCulture, $"{year}-{first + 1:0000}")
            : year;

    /// <summary>Whether a canonical text is one.</summary>
    public static bool IsOne(string year) => Form().IsMatch(year);

    [GeneratedRegex(@"^\d{4}-\d{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
