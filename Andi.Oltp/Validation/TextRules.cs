using System.Buffers;
using System.Text;

namespace Andi.Oltp.Validation;

/// <summary>
/// What a text may be, and the one form in which it is kept. The same rule checks a value from JSON and from CSV (as UTF-8) and is the table's CHECK
/// constraint, as far as that can say it in little time.
/// </summary>
/// <param name="check">Returns the reason why the text is not allowed, or null.</param>
/// <param name="sql">Makes the constraint's expression for a column.</param>
/// <param name="canonical">Brings a trimmed text to the form that is kept, where it is another way to write an allowed one; null: it is kept as it is. What
/// it does not know it returns unchanged.</param>
public sealed class TextRule(TextRule.Checker check, Func<string, string> sql, Func<string, string>? canonical = null)
{
    public delegate string? Checker(ReadOnlySpan<byte> utf8);

    /// <summary>The form that is kept: without white space around it or line breaks within. To be checked afterwards.</summary>
    public ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> utf8)
    {
        // Nearly all are in that form already, and nothing is allocated for them.
        if (canonical is null ? TextForm.IsKept(utf8) : check(utf8) is null)
        {
            return utf8;
        }

        var text = TextForm.Kept(Encoding.UTF8.GetString(utf8));
        return Encoding.UTF8.GetBytes(canonical is null ? text : canonical(text));
    }

    /// <inheritdoc cref="Normalize(ReadOnlySpan{byte})"/>
    public string? Normalize(string? text) => text is null ? null : canonical is null ? TextForm.Kept(text) : canonical(TextForm.Kept(text));

    /// <summary>The reason why the text is not allowed; null where it is.</summary>
    public string? Check(ReadOnlySpan<byte> utf8) => check(utf8);

    /// <summary>The rule as an SQL expression over <paramref name="column"/>.</summary>
    public string Sql(string column) => sql(column);
}

/// <summary>The rules of text that every area may use.</summary>
public static class TextRules
{
    /// <summary>Characters of an id.</summary>
    public const int IdLength = 64;

    private const int EmailLength = 254;

    private static readonly SearchValues<byte> NotInIds = SearchValues.Create("/\\?#% \t\r\n\0"u8);

    /// <summary>1 to 64 characters without white space, control characters and <c>/ \ ? # %</c>, so that an id can stand in a URL's path.</summary>
    // Length and characters are two expressions: one with a bounded repetition takes thirty times as long, most of an import's time.
    public static readonly TextRule Id = new(
        CheckId,
        column => $@"char_length({column}) BETWEEN 1 AND {IdLength} AND {column} !~ '[[:space:][:cntrl:]/\\?#%]' AND {RefusedCharacters.Sql(column, false)}");

    /// <summary>An email address, judged by its shape only.</summary>
    public static readonly TextRule Email = new(
        CheckEmail,
        column => $"{column} ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND char_length({column}) <= {EmailLength} AND {RefusedCharacters.Sql(column, false)}");

    /// <summary>One of <paramref name="words"/>, none of which has a quote.</summary>
    /// <param name="words">As they are kept.</param>
    /// <param name="canonical">Finds the word that a text means; null: only the words themselves are known.</param>
    public static TextRule OneOf(IReadOnlyList<string> words, Func<string, string>? canonical = null)
    {
        byte[][] encoded = [.. words.Select(word => Encoding.UTF8.GetBytes(word))];
        return new TextRule(
            utf8 => CheckOneOf(utf8, encoded, words), column => $"{column} IN ({string.Join(", ", words.Select(word => $"'{word}'"))})", canonical);
    }

    /// <summary>Not blank and at most <paramref name="maxLength"/> characters (Unicode code points).</summary>
    public static TextRule Text(int maxLength) =>
        new(
            utf8 => CheckText(utf8, maxLength),
            column => $"btrim({column}) = {column} AND {column} <> '' AND char_length({column}) <= {maxLength} AND {column} !~ '[[:cntrl:]]' "
                + $"AND {RefusedCharacters.Sql(column, true)}");

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

        return TextForm.FindRefused(utf8, allowsJoiners: false);
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

        return TextForm.FindRefused(utf8, allowsJoiners: true);
    }

    private static string? CheckEmail(ReadOnlySpan<byte> utf8)
    {
        var at = utf8.IndexOf((byte)'@');
        return at <= 0 || at == utf8.Length - 1 || utf8.LastIndexOf((byte)'@') != at || Length(utf8) > EmailLength || HasSpace(utf8)
            ? "must be an email address"
            : TextForm.FindRefused(utf8, allowsJoiners: false);
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
