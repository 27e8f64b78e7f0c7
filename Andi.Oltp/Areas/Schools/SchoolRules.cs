using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Schools;

/// <summary>The rules of schools that other areas keep, too.</summary>
internal static class SchoolRules
{
    /// <summary>Of a person, a school, a test.</summary>
    public static readonly TextRule Name = TextRules.Text(200);

    /// <summary>What students are in: <c>5</c>, <c>K</c>.</summary>
    public static readonly TextRule Grade = TextRules.Text(16);

    /// <summary>What is taught: <c>Mathematics</c>.</summary>
    public static readonly TextRule Subject = TextRules.Text(64);

    /// <summary>A year, or a year and the next: <c>2026</c>, <c>2025-2026</c>.</summary>
    public static readonly TextRule SchoolYear = new(
        CheckSchoolYear,
        column =>
            $"CASE WHEN {column} ~ '^[0-9]{{4}}-[0-9]{{4}}$' THEN right({column}, 4)::int = left({column}, 4)::int + 1 ELSE {column} ~ '^[0-9]{{4}}$' END");

    private static string? CheckSchoolYear(ReadOnlySpan<byte> utf8)
    {
        const string Reason = "must be a year (2026) or a year and the next (2025-2026)";
        if (utf8.Length is not (4 or 9) || !TryReadYear(utf8[..4], out var year))
        {
            return Reason;
        }

        return utf8.Length == 4 || (utf8[4] == (byte)'-' && TryReadYear(utf8[5..], out var next) && next == year + 1) ? null : Reason;
    }

    private static bool TryReadYear(ReadOnlySpan<byte> digits, out int year)
    {
        year = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            year = (year * 10) + digit - '0';
        }

        return true;
    }
}
