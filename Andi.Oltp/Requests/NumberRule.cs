using System.Globalization;

namespace Andi.Oltp.Requests;

/// <summary>Bounds of a number, both inclusive, and how many decimal places it may have.</summary>
/// <param name="DecimalPlaces">0 to 4.</param>
public sealed record NumberRule(decimal Min, decimal Max, int DecimalPlaces)
{
    /// <summary>A percentage: 0 to 100 with at most two decimal places.</summary>
    public static readonly NumberRule Percentage = new(0, 100, 2);

    /// <summary>How many of the smallest unit that the rule allows make one: 100 with two decimal places.</summary>
    public int UnitsOfOne { get; } = DecimalPlaces switch { 0 => 1, 1 => 10, 2 => 100, 3 => 1_000, 4 => 10_000, _ => throw new ArgumentOutOfRangeException(nameof(DecimalPlaces)) };

    /// <summary>A value that keeps the rule, in the smallest unit: 88.5 is 8850 with two decimal places.</summary>
    public long UnitsOf(decimal value) => (long)(value * UnitsOfOne);

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
