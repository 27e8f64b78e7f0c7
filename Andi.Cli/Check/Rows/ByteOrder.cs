namespace Andi.Cli.Check.Rows;

/// <summary>Orders text by its UTF-8 bytes, as both stores do; .NET's ordinal order is by UTF-16 units, which differs beyond U+FFFF.</summary>
internal static class ByteOrder
{
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    // Halves of surrogate pairs stand for code points above all others.
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
