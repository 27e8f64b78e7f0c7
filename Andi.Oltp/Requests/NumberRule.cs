using System.Globalization;

namespace Andi.Oltp.Requests;

/// <summary>Bounds of a number, both inclusive, and how many decimal places it may have.</summary>
public sealed record NumberRule(decimal Min, decimal Max, int DecimalPlaces)
{
    /// <summary>A percentage: 0 to 100 with at most two decimal places.</summary>
    public static readonly NumberRule Percentage = new(0, 100, 2);

    /// <summary>The reason why the value is not allowed; null where it is.</summary>
    public string? Check(decimal value)
    {
        if (value < Min || value > Max)
        {
            return string.Create(CultureInfo.InvariantCulture, $"must be from {Min} to {Max}, not {value}");
        }

        return decimal.Round(value, DecimalPlaces) == value
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"has more than {DecimalPlaces} decimal places: {value}");
    }
}
