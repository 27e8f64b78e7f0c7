using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Schools;

/// <summary>The rules of schools that other areas keep, too.</summary>
internal static partial class SchoolRules
{
    /// <summary>Of a person, a school, a test.</summary>
    public static readonly TextRule Name = TextRules.Text(200);

    private static readonly string[] Grades = ["PK", "K", .. Enumerable.Range(1, 12).Select(grade => grade.ToString(CultureInfo.InvariantCulture))];

    /// <summary>What students are in: <c>PK</c>, <c>K</c>, <c>1</c> to <c>12</c>; also written <c>Pre-K</c>, <c>KG</c>, <c>05</c>, in any case.</summary>
    public static readonly TextRule Grade = TextRules.OneOf(Grades, GradeOf);

    /// <summary>What is taught: <c>Mathematics</c>.</summary>
    public static readonly TextRule Subject = TextRules.Text(64);

    /// <summary>A year and the next: <c>2025-2026</c>; also written <c>2025</c>, <c>2025-26</c> or with a slash.</summary>
    public static readonly TextRule SchoolYear = new(
        CheckSchoolYear,
        column => $"CASE WHEN {column} ~ '^[0-9]{{4}}-[0-9]{{4}}$' THEN right({column}, 4)::int = left({column}, 4)::int + 1 ELSE false END",
        SchoolYearOf);

    /// <summary>
    /// The reason why something of a date cannot be of a school year, which begins in July, or within three months of it; null where it can.
    /// </summary>
    /// <param name="schoolYear">In the form that is kept; another is not judged.</param>
    public static string? CheckDateOfYear(DateOnly date, string? schoolYear)
    {
        if (schoolYear is null || CheckSchoolYear(Encoding.UTF8.GetBytes(schoolYear)) is not null)
        {
            return null;
        }

        var year = int.Parse(schoolYear.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var month = ((date.Year - year) * 12) + date.Month;
        return month is >= 4 and <= 21
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"is not near the school year {schoolYear}: from {year:0000}-04-01 to {year + 1:0000}-09-30");
    }

    /// <summary><see cref="CheckDateOfYear"/> as an SQL expression.</summary>
    public static string DateOfYearSql(string date, string schoolYear) =>
        $"{date} >= make_date(left({schoolYear}, 4)::int, 4, 1) AND {date} <= make_date(left({schoolYear}, 4)::int + 1, 9, 30)";

    /// <summary>A statement that brings the grades of a table to the form of <see cref="Grade"/>, as far as they mean one; for migrations.</summary>
    public static string GradesInOneFormSql(string table) => $"""
        UPDATE public.{table}
        SET grade = CASE
            WHEN upper(btrim(grade)) IN ('KG', 'KINDERGARTEN') THEN 'K'
            WHEN upper(btrim(grade)) IN ('PREK', 'PRE-K') THEN 'PK'
            WHEN btrim(grade) ~ '^0[0-9]$' THEN right(btrim(grade), 1)
            ELSE upper(btrim(grade))
        END
        WHERE NOT ({Grade.Sql("grade")})
        """;

    private static string GradeOf(string text)
    {
        var word = text.ToUpperInvariant();
        return word switch
        {
            "KG" or "KINDERGARTEN" => "K",
            "PREK" or "PRE-K" => "PK",
            _ => word.Length == 2 && word[0] == '0' ? word[1..] : word,
        };
    }

    private static string SchoolYearOf(string text)
    {
        text = text.Replace('/', '-');
        if (!Years().IsMatch(text))
        {
            return text;
        }

        var next = int.Parse(text.AsSpan(0, 4), CultureInfo.InvariantCulture) + 1;
        return text.Length switch
        {
            4 => string.Create(CultureInfo.InvariantCulture, $"{text}-{next:0000}"),
            7 when text[5..] == string.Create(CultureInfo.InvariantCulture, $"{next % 100:00}") =>
                string.Create(CultureInfo.InvariantCulture, $"{text[..4]}-{next:0000}"),
            _ => text,
        };
    }

    private static string? CheckSchoolYear(ReadOnlySpan<byte> utf8) =>
        utf8.Length == 9 && utf8[4] == (byte)'-' && TryReadYear(utf8[..4], out var year) && TryReadYear(utf8[5..], out var next) && next == year + 1
            ? null
            : "must be a year (2025) or a year and the next (2025-2026)";

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

    [GeneratedRegex(@"^[0-9]{4}(-[0-9]{2}|-[0-9]{4})?\z")]
    private static partial Regex Years();
}
