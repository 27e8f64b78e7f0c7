using System.Globalization;
using System.Text;

namespace Andi.Oltp.Validation;

/// <summary>
/// The characters that no text may hold: those that nobody sees, that turn the direction of what stands beside them, or that mean nothing to everybody. Two
/// ids that look alike would else be two, and a name could pretend to be another (Unicode's report 36; RFC 8264, 9.12 and 9.13). What names are written with
/// stays: letters of any script, from either direction, accents, apostrophes, hyphens; joiners where the script needs them (RFC 5892, A.1 and A.2).
/// docs/decisions/0030-characters-of-texts.md has the reasons.
/// </summary>
internal static class RefusedCharacters
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    // Scripts whose letters join, in which a joiner or a non-joiner between two letters changes the word: Arabic, Syriac, N'Ko, Mandaic, Mongolian.
    private static readonly (int First, int Last)[] Cursive = [(0x0600, 0x07FF), (0x0840, 0x08FF), (0x1800, 0x18AF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)];

    // The signs that take a consonant's vowel away (canonical combining class 9) in the scripts of India and its neighbours.
    private static readonly int[] Viramas =
    [
        0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D3B, 0x0D3C, 0x0D4D, 0x0DCA, 0x0E3A, 0x0EBA, 0x0F84, 0x1039, 0x103A, 0x1714,
        0x1734, 0x17D2, 0x1A60, 0x1B44, 0x1BAA, 0x1BAB, 0x1BF2, 0x1BF3, 0xA806, 0xA82C, 0xA8C4, 0xA953, 0xA9C0, 0xAAF6, 0xABED,
    ];

    // Default_Ignorable_Code_Point of the Unicode character database, as far as the category does not tell already.
    private static readonly (int First, int Last)[] Ignorable =
        [(0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8)];

    /// <summary>The first character that is refused, and what it is; null where there is none.</summary>
    /// <param name="allowsJoiners">Names may have joiners and variation selectors where they mean something; ids never.</param>
    public static string? Find(string text, bool allowsJoiners)
    {
        var before = default(Rune);
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                return Holds(text[at], "half a character");
            }

            at += rune.Utf16SequenceLength;
            if (KindOf(rune) is { } kind && !(allowsJoiners && MayStand(before, rune, RuneAt(text, at))))
            {
                return Holds(rune.Value, kind);
            }

            before = rune;
        }

        return null;
    }

    /// <summary>
    /// That a column holds composed text without those characters, as an expression of PostgreSQL. A joiner where it joins nothing, and what Unicode has not
    /// assigned yet, it lets pass. Of ASCII, which nearly all texts are, it only compares two lengths.
    /// </summary>
    public static string Sql(string column, bool allowsJoiners)
    {
        const string Hidden = @"\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB";
        const string Beyond = @"\uE000-\uF8FF\U000E0000-\U000E00FF\U000F0000-\U0010FFFF";
        const string Joiners = @"\u200C\u200D\uFE00-\uFE0F\U000E0100-\U000E01EF";
        return $"(octet_length({column}) = char_length({column}) "
            + $"OR ({column} IS NFC NORMALIZED AND {column} !~ '[{Hidden}{Beyond}{(allowsJoiners ? "" : Joiners)}]'))";
    }

    private static Rune RuneAt(string text, int at) => at < text.Length && Rune.TryGetRuneAt(text, at, out var rune) ? rune : default;

    private static string? KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => "a control character",
        UnicodeCategory.Format => "a format character",
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "a line separator",
        UnicodeCategory.PrivateUse => "a character of private use",
        UnicodeCategory.OtherNotAssigned => "no character of Unicode",
        _ when IsSelector(rune) || IsIn(Ignorable, rune) => "an invisible character",
        _ => null,
    };

    private static bool MayStand(Rune before, Rune rune, Rune after) => rune.Value switch
    {
        NonJoiner => IsVirama(before) || (IsCursiveLetter(before) && IsCursiveLetter(after)),
        // In a picture that consists of several, too.
        Joiner => IsVirama(before) || ((IsPicture(before) || IsSelector(before)) && IsPicture(after)),
        // They choose one of the shapes of the character before.
        _ => IsSelector(rune) && before.Value > ' ' && !Rune.IsWhiteSpace(before) && !IsSelector(before),
    };

    private static bool IsSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsVirama(Rune rune) => Array.BinarySearch(Viramas, rune.Value) >= 0;

    private static bool IsPicture(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;

    private static bool IsCursiveLetter(Rune rune) =>
        IsIn(Cursive, rune) && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark);

    private static bool IsIn((int First, int Last)[] ranges, Rune rune) => Array.Exists(ranges, range => rune.Value >= range.First && rune.Value <= range.Last);

    private static string Holds(int character, string kind) => string.Create(CultureInfo.InvariantCulture, $"holds U+{character:X4}, {kind}");
}
