using System.Globalization;
using System.Text;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports;

/// <summary>
/// Plain decimal numbers in the smallest unit that their rule allows (hundredths, for two decimal places), so that no <see cref="decimal"/> is made per
/// cell.
/// </summary>
public static class CsvNumber
{
    private const int MaxDigits = 12;

    /// <summary>Reads <c>-12.5</c>; no exponent, no thousands separator, no plus sign. Decimal places beyond those that the rule allows must be 0.</summary>
    /// <param name="units">The number in the smallest unit: -1250 where the rule allows two decimal places.</param>
    /// <returns>The reason why the text or its value is not allowed; null where it is.</returns>
    public static string? Read(ReadOnlySpan<byte> utf8, NumberRule rule, out long units)
    {
        if (!TryRead(utf8, rule.DecimalPlaces, out units, out var isExact))
        {
            return $"must be a number, not '{Excerpt(utf8)}'";
        }

        if (isExact && units >= rule.Min * rule.UnitsOfOne && units <= rule.Max * rule.UnitsOfOne)
        {
            return null;
        }

        return rule.Check(
            decimal.Parse(Encoding.UTF8.GetString(utf8), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
    }

    /// <summary>The shortest JSON form: 85, 85.5, 85.25. At most 24 bytes.</summary>
    /// <param name="units">The number in units of which 10 to the power of <paramref name="decimalPlaces"/> make one.</param>
    public static int Format(long units, int decimalPlaces, Span<byte> utf8)
    {
        (units, decimalPlaces) = Shorten(units, decimalPlaces);
        var size = Math.Abs(units);
        new decimal((int)size, (int)(size >> 32), 0, units < 0, (byte)decimalPlaces).TryFormat(utf8, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>The same number without zeros at the end of its decimal places: 8550 with two is 855 with one.</summary>
    public static (long Units, int DecimalPlaces) Shorten(long units, int decimalPlaces)
    {
        for (; decimalPlaces > 0 && units % 10 == 0; units /= 10)
        {
            decimalPlaces--;
        }

        return (units, decimalPlaces);
    }

    /// <summary>At most 40 characters of a value, for messages.</summary>
    public static string Excerpt(ReadOnlySpan<byte> utf8) => TextForm.Excerpt(Encoding.UTF8.GetString(utf8.Length <= 160 ? utf8 : utf8[..160]));

    private static bool TryRead(ReadOnlySpan<byte> utf8, int decimalPlaces, out long units, out bool isExact)
    {
        units = 0;
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

            if (places >= decimalPlaces)
            {
                isExact &= digits[index] == (byte)'0';
                continue;
            }

            units = (units * 10) + digits[index] - '0';
            places += places < 0 ? 0 : 1;
        }

        for (var place = Math.Max(places, 0); place < decimalPlaces; place++)
        {
            units *= 10;
        }

        units = isNegative ? -units : units;
        return true;
    }
}

/// <summary>ISO 8601 dates, <c>2026-05-01</c>, from UTF-8.</summary>
public static class CsvDate
{
    public static bool TryRead(ReadOnlySpan<byte> utf8, out DateOnly date)
    {
        date = default;
        if (utf8.Length != 10 || utf8[4] != (byte)'-' || utf8[7] != (byte)'-'
            || !TryDigits(utf8[..4], out var year) || !TryDigits(utf8[5..7], out var month) || !TryDigits(utf8[8..], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> utf8, out int value)
    {
        value = 0;
        foreach (var digit in utf8)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
