using System.Text.RegularExpressions;

namespace Andi.AnalyticsApi.Requests;

/// <summary>The form of a school year: <c>2026</c> or <c>2025-2026</c>.</summary>
internal static partial class SchoolYear
{
    public const string Reason = "must be a year (2026) or a year and the next (2025-2026).";

    public static bool IsValid(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"^\d{4}(-\d{4})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
