using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Andi.Requests;

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

        return ComposedText.Of(plain);
    }

    /// <summary>The reason why a text with a character that nobody sees is not allowed; null where it has none.</summary>
    /// <param name="allowsJoiners">Whether characters that some scripts need within words may stand there.</param>
    public static string? FindRefused(ReadOnlySpan<byte> utf8, bool allowsJoiners) =>
        Ascii.IsValid(utf8) && !utf8.ContainsAny(Control) ? null : RefusedCharacters.Find(Encoding.UTF8.GetString(utf8), allowsJoiners);

    /// <summary>At most 40 characters of a value, for messages.</summary>
    public static string Excerpt(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // A cell of a spreadsheet has them where a name is too long for it.
    [GeneratedRegex(@"\s*[\t\r\n\v\f\u0085\u2028\u2029]\s*")]
    private static partial Regex Breaks();
}
