using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ICU4N.Text;

namespace Andi.Oltp.Validation;

/// <summary>The form in which texts are kept, so that one name is one text however it was typed or copied.</summary>
internal static partial class TextForm
{
    private static readonly SearchValues<byte> Control = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(unit => (byte)unit), 0x7F]);

    /// <summary>Whether <see cref="Kept"/> would return the same; false where that takes a closer look.</summary>
    public static bool IsKept(ReadOnlySpan<byte> utf8) =>
        Ascii.IsValid(utf8) && (utf8.IsEmpty || (utf8[0] != (byte)' ' && utf8[^1] != (byte)' ' && !utf8.ContainsAny(Control)));

    /// <summary>
    /// The text without white space around it, with a blank for line breaks and tabs within, and composed (NFC): an é that was typed as e and an accent, as
    /// some systems write it into files, is the é of everybody else.
    /// </summary>
    public static string Kept(string text)
    {
        var plain = Breaks().Replace(text.Trim(), " ");

        // Below U+0300 there is nothing to compose. The services run without globalization data, so string.Normalize would compose nothing at all.
        return plain.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF') ? Normalizer2.NFCInstance.Normalize(plain) : plain;
    }

    /// <summary>The reason why a text with a character that nobody sees is not allowed; null where it has none.</summary>
    /// <param name="allowsJoiners">U+200C and U+200D, which some scripts need within words.</param>
    public static string? FindInvisible(ReadOnlySpan<byte> utf8, bool allowsJoiners)
    {
        if (Ascii.IsValid(utf8))
        {
            return utf8.IndexOfAny(Control) is >= 0 and var at ? Reason(new Rune(utf8[at])) : null;
        }

        foreach (var rune in Encoding.UTF8.GetString(utf8).EnumerateRunes())
        {
            var isInvisible = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
            if (isInvisible && !(allowsJoiners && rune.Value is 0x200C or 0x200D))
            {
                return Reason(rune);
            }
        }

        return null;
    }

    /// <summary>At most 40 characters of a value, for messages.</summary>
    public static string Excerpt(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // A cell of a spreadsheet has them where a name is too long for it.
    [GeneratedRegex(@"\s*[\t\r\n\v\f\u0085\u2028\u2029]\s*")]
    private static partial Regex Breaks();

    private static string Reason(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"must not contain the invisible character U+{rune.Value:X4}");
}
