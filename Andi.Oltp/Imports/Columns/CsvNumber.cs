using System.Globalization;
using System.Text;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Imports.Columns;

/// <summary>Plain decimal numbers of at most two decimal places, in hundredths, so that no <see cref="decimal"/> is needed per cell.</summary>
public static class CsvNumber
{
    private const int MaxDigits = 12;

    /// <summary>Reads <c>-12.5</c>; no exponent, no thousands separator, no plus sign. Decimal places beyond the second must be 0.</summary>
    /// <returns>The reason why the text or its value is not allowed; null where it is.</returns>
    public static string? Read(ReadOnlySpan<byte> utf8, NumberRule rule, out long hundredths)
    {
        if (!TryRead(utf8, out hundredths, out var isExact))
        {
            return $"must be a number, not '{Excerpt(utf8)}'";
        }

        if (isExact && hundredths >= rule.Min * 100 && hundredths <= rule.Max * 100 && (rule.DecimalPlaces == 2 || hundredths % 100 == 0))
        {
            return null;
        }

        return rule.Check(decimal.Parse(Encoding.UTF8.GetString(utf8), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    /// <summary>The shortest JSON form: 85, 85.5, 85.25. At most 20 bytes.</summary>
    public static int Format(long hundredths, Span<byte> utf8)
    {
        var written = 0;
        if (hundredths < 0)
        {
            utf8[written++] = (byte)'-';
        }

        var (whole, fraction) = Math.DivRem(Math.Abs(hundredths), 100);
        whole.TryFormat(utf8[written..], out var digits, default, CultureInfo.InvariantCulture);
        written += digits;
        if (fraction != 0)
        {
            utf8[written++] = (byte)'.';
            utf8[written++] = (byte)('0' + (fraction / 10));
            if (fraction % 10 != 0)
            {
                utf8[written++] = (byte)('0' + (fraction % 10));
            }
        }

        return written;
    }

    /// <summary>At most 40 characters of a value, for messages.</summary>
    public static string Excerpt(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8.Length <= 160 ? utf8 : utf8[..160]);
        return text.Length <= 40 ? text : text[..40] + "…";
    }

    private static bool TryRead(ReadOnlySpan<byte> utf8, out long hundredths, out bool isExact)
    {
        hundredths = 0;
        isExact = true;
        var isNegative = utf8 is [(byte)'-', ..];
        var digits = isNegative ? utf8[1..] : utf8;
        var places = -1;
        if (digits.Length is 0 or > MaxDigits + 16 || digits[0] == (byte)'.' || digits[^1] == (byte)'.')
        {
            return false;
        }

        for (var index = 0; index < digits.Length; index++)
        {
            if (digits[index] == (byte)'.' && places < 0)
            {
                places = 0;
                continue;
            }

            if (digits[index] is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            if (places < 0 && index >= MaxDigits)
            {
                return false;
            }

            if (places >= 2)
            {
                isExact &= digits[index] == (byte)'0';
                continue;
            }

            hundredths = (hundredths * 10) + digits[index] - '0';
            places += places < 0 ? 0 : 1;
        }

        hundredths *= places switch { < 1 => 100, 1 => 10, _ => 1 };
        hundredths = isNegative ? -hundredths : hundredths;
        return true;
    }
}
