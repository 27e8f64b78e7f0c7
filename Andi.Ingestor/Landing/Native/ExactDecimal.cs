namespace Andi.Ingestor.Landing.Native;

/// <summary>Reads decimal text as an integer of 10^-scale units, refusing what would be rounded.</summary>
internal static class ExactDecimal
{
    private const int MaxDigits = 38;

    /// <summary>Reads <c>-12.50</c> with scale 2 as -1250. False for other text, for exponents, and where digits beyond the scale are not zero.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int scale, out Int128 units)
    {
        units = 0;
        var isNegative = text.StartsWith("-"u8);
        if (isNegative)
        {
            text = text[1..];
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || whole.Length + scale > MaxDigits || (point >= 0 && fraction.IsEmpty))
        {
            return false;
        }

        if (fraction.Length > scale)
        {
            if (fraction[scale..].ContainsAnyExcept((byte)'0'))
            {
                return false;
            }

            fraction = fraction[..scale];
        }

        if (!TryAppendDigits(whole, ref units) || !TryAppendDigits(fraction, ref units))
        {
            return false;
        }

        for (var missing = scale - fraction.Length; missing > 0; missing--)
        {
            units *= 10;
        }

        units = isNegative ? -units : units;
        return true;
    }

    private static bool TryAppendDigits(ReadOnlySpan<byte> digits, ref Int128 units)
    {
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            units = (units * 10) + (digit - (byte)'0');
        }

        return true;
    }
}
