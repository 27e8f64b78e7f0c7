using System.Buffers;
using System.Text;

namespace Andi.Oltp.Requests;

/// <summary>The rules that several tables share.</summary>
public static class TextRules
{
    /// <summary>Characters of an id.</summary>
    public const int IdLength = 64;

    /// <summary>Characters of a grade.</summary>
    public const int GradeLength = 16;

    /// <summary>Characters of a subject.</summary>
    public const int SubjectLength = 64;

    private static readonly SearchValues<byte> NotInIds = SearchValues.Create("/\\?#% \t\r\n\0"u8);

    /// <summary>1 to 64 characters without white space, control characters and <c>/ \ ? # %</c>, so that an id can stand in a URL's path.</summary>
    public static readonly TextRule Id = CheckId;

    /// <summary>A year, or a year and the next: <c>2026</c>, <c>2025-2026</c>.</summary>
    public static readonly TextRule SchoolYear = CheckSchoolYear;

    /// <summary>An email address, judged by its shape only.</summary>
    public static readonly TextRule Email = CheckEmail;

    /// <summary>What students are in: <c>5</c>, <c>K</c>.</summary>
    public static readonly TextRule Grade = Text(GradeLength);

    /// <summary>What is taught: <c>Mathematics</c>.</summary>
    public static readonly TextRule Subject = Text(SubjectLength);

    /// <summary>Exactly one of <paramref name="words"/>.</summary>
    public static TextRule OneOf(IReadOnlyList<string> words)
    {
        byte[][] encoded = [.. words.Select(word => Encoding.UTF8.GetBytes(word))];
        return utf8 => CheckOneOf(utf8, encoded, words);
    }

    /// <summary>Not blank and at most <paramref name="maxLength"/> characters (Unicode code points).</summary>
    public static TextRule Text(int maxLength) => utf8 => CheckText(utf8, maxLength);

    private static string? CheckId(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "must not be empty";
        }

        if (Length(utf8) > IdLength)
        {
            return $"is longer than {IdLength} characters";
        }

        if (utf8.ContainsAny(NotInIds))
        {
            return @"must not contain white space, control characters or any of / \ ? # %";
        }

        if (Ascii.IsValid(utf8) && !utf8.ContainsAnyInRange((byte)0, (byte)0x20) && !utf8.Contains((byte)0x7F))
        {
            return null;
        }

        foreach (var rune in RunesOf(utf8))
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                return @"must not contain white space, control characters or any of / \ ? # %";
            }
        }

        return null;
    }

    private static string? CheckOneOf(ReadOnlySpan<byte> utf8, byte[][] encoded, IReadOnlyList<string> words)
    {
        foreach (var word in encoded)
        {
            if (utf8.SequenceEqual(word))
            {
                return null;
            }
        }

        return $"must be one of {string.Join(", ", words)}";
    }

    private static string? CheckText(ReadOnlySpan<byte> utf8, int maxLength)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty || (utf8[0] > 0x7F && IsBlank(utf8)))
        {
            return "must not be blank";
        }

        if (utf8.Length > maxLength && Length(utf8) > maxLength)
        {
            return $"is longer than {maxLength} characters";
        }

        return utf8.Contains((byte)0) ? "must not contain the character U+0000" : null;
    }

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

    private static string? CheckEmail(ReadOnlySpan<byte> utf8)
    {
        var at = utf8.IndexOf((byte)'@');
        return at <= 0 || at == utf8.Length - 1 || utf8.LastIndexOf((byte)'@') != at || Length(utf8) > 254 || HasSpace(utf8)
            ? "must be an email address"
            : null;
    }

    private static bool HasSpace(ReadOnlySpan<byte> utf8)
    {
        foreach (var rune in RunesOf(utf8))
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBlank(ReadOnlySpan<byte> utf8)
    {
        foreach (var rune in RunesOf(utf8))
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                return false;
            }
        }

        return true;
    }

    // Continuation bytes (10xxxxxx) begin no character.
    private static int Length(ReadOnlySpan<byte> utf8)
    {
        var length = 0;
        foreach (var unit in utf8)
        {
            length += (unit & 0xC0) != 0x80 ? 1 : 0;
        }

        return length;
    }

    private static SpanRuneEnumerator RunesOf(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8).AsSpan().EnumerateRunes();
}
