using System.Globalization;
using System.Numerics;
using Andi.Ingestor.Landing.Native;

namespace Andi.Cli.Load.Columns;

/// <summary>A whole number: digits, with a minus sign before them where the type has one.</summary>
internal sealed class IntegerReader<T> : ValueReader
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        var digits = utf8.StartsWith("-"u8) ? utf8[1..] : utf8;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return $"must be a whole number, not '{Shown.Of(utf8)}'";
        }

        if (!T.TryParse(utf8, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return $"must be from {T.MinValue} to {T.MaxValue}, not '{Shown.Of(utf8)}'";
        }

        row.Write(value);
        return null;
    }
}

/// <summary>A decimal number without exponent; places beyond the type's must be 0, so that nothing is rounded.</summary>
internal sealed class DecimalReader(int precision, int scale) : ValueReader
{
    private readonly Int128 _limit = Power(precision);

    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        if (!IsNumber(utf8))
        {
            return $"must be a decimal number such as 12.5, not '{Shown.Of(utf8)}'";
        }

        if (utf8.IndexOf((byte)'.') is > 0 and var point && utf8[(point + 1)..] is var places && places.Length > scale && places[scale..]
            .ContainsAnyExcept((byte)'0'))
        {
            return $"has more than {scale} decimal places: '{Shown.Of(utf8)}'";
        }

        if (!ExactDecimal.TryParse(utf8, scale, out var units) || Int128.Abs(units) >= _limit)
        {
            return $"has more than {precision - scale} digits before the point: '{Shown.Of(utf8)}'";
        }

        Write(units, row);
        return null;
    }

    // The widths that ClickHouse gives to precisions.
    private void Write(Int128 units, RowBytes row)
    {
        switch (precision)
        {
            case <= 9:
                row.Write((int)units);
                break;
            case <= 18:
                row.Write((long)units);
                break;
            default:
                row.Write(units);
                break;
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> utf8)
    {
        var rest = utf8.StartsWith("-"u8) ? utf8[1..] : utf8;
        var point = rest.IndexOf((byte)'.');
        var whole = point < 0 ? rest : rest[..point];
        var places = point < 0 ? "0"u8 : rest[(point + 1)..];
        return !whole.IsEmpty && !places.IsEmpty && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && !places.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static Int128 Power(int digits)
    {
        Int128 power = 1;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }
}

/// <summary>A floating point number; neither infinite nor none.</summary>
internal sealed class DoubleReader : ValueReader
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public override string? Read(ReadOnlySpan<byte> utf8, RowBytes row)
    {
        if (!double.TryParse(utf8, Style, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return $"must be a number, not '{Shown.Of(utf8)}'";
        }

        row.Write(BitConverter.DoubleToInt64Bits(value));
        return null;
    }
}
