using System.Globalization;

namespace Andi.Oltp.Validation;

/// <summary>Bounds of a number, both inclusive, and how many decimal places it may have.</summary>
/// <param name="DecimalPlaces">0 to 4.</param>
public sealed record NumberRule(decimal Min, decimal Max, int DecimalPlaces)
{
    /// <summary>A percentage: 0 to 100 with at most two decimal places.</summary>
    public static readonly NumberRule Percentage = new(0, 100, 2);

    /// <summary>How many of the smallest unit that the rule allows make one: 100 with two decimal places.</summary>
    public int UnitsOfOne { get; } = DecimalPlaces switch
    {
        0 => 1,
        1 => 10,
        2 => 100,
        3 => 1_000,
        4 => 10_000,
        _ => throw new ArgumentOutOfRangeException(nameof(DecimalPlaces)),
    };

    /// <summary>
    /// A value is stored with the decimal places that it needs, 88.5 and not 88.5000, and one with more than the rule allows is refused, not rounded, by the
    /// database, too.
    /// </summary>
    public bool StoresShortest { get; init; }

    /// <summary>The <c>numeric</c> type that holds every value of the rule: <c>numeric(5,2)</c> for a percentage.</summary>
    public string NumericType => StoresShortest ? "numeric" : string.Create(
        CultureInfo.InvariantCulture, $"numeric({((long)Max).ToString(CultureInfo.InvariantCulture).Length + DecimalPlaces},{DecimalPlaces})");

    /// <summary>The reason for a number that should be whole.</summary>
    public static string NotWhole(decimal value) => string.Create(CultureInfo.InvariantCulture, $"must be a whole number, not {value}");

    /// <summary>The bounds as an SQL expression. How many decimal places there are is else the column type's to say: it rounds.</summary>
    public string Sql(string column) => string.Create(
        CultureInfo.InvariantCulture, $"{column} BETWEEN {Min} AND {Max}{(StoresShortest ? $" AND min_scale({column}) <= {DecimalPlaces}" : "")}");

    /// <summary>A value that keeps the rule, as it is stored.</summary>
    public decimal Stored(decimal value) => StoresShortest ? value / 1.0000000000000000000000000000m : value;

    /// <summary>A value that keeps the rule, in the smallest unit: 88.5 is 8850 with two decimal places.</summary>
    public long UnitsOf(decimal value) => (long)(value * UnitsOfOne);

    /// <summary>The reason why the value is not allowed; null where it is.</summary>
    public string? Check(decimal value)
    {
        if (DecimalPlaces == 0 && !decimal.IsInteger(value))
        {
            return NotWhole(value);
        }

        if (value < Min || value > Max)
        {
            return string.Create(CultureInfo.InvariantCulture, $"must be from {Min} to {Max}, not {value}");
        }

        return decimal.Round(value, DecimalPlaces) == value
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"has more than {DecimalPlaces} decimal places: {value}");
    }
}

/// <summary>Bounds of an instant, both in UTC.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive.</param>
public sealed record InstantRule(DateTime From, DateTime Until)
{
    /// <summary>From 1970 to the end of 2099: what the warehouse's types can hold with room to spare, and no typing error of a century.</summary>
    public static readonly InstantRule Recorded = new(
        new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>The reason why the instant is not allowed; null where it is.</summary>
    public string? Check(DateTime instant) => instant >= From && instant < Until
        ? null
        : $"must be from {UtcInstant.Format(From)} to before {UtcInstant.Format(Until)}, not {UtcInstant.Format(instant)}";

    /// <summary>The bounds as an SQL expression.</summary>
    public string Sql(string column) => $"{column} >= '{UtcInstant.Format(From)}' AND {column} < '{UtcInstant.Format(Until)}'";
}

/// <summary>Bounds of a date, both inclusive.</summary>
public sealed record DateRule(DateOnly First, DateOnly Last)
{
    /// <summary>For messages about what is no date; reads on from the field's name.</summary>
    public const string Expected = "must be a date such as 2026-05-01";

    /// <summary>From 1970 to 2099.</summary>
    public static readonly DateRule Recorded = new(new DateOnly(1970, 1, 1), new DateOnly(2099, 12, 31));

    /// <summary>The reason for a date that is not allowed.</summary>
    public string Reason => string.Create(CultureInfo.InvariantCulture, $"must be from {First:O} to {Last:O}");

    public bool Allows(DateOnly date) => date >= First && date <= Last;

    /// <summary>The bounds as an SQL expression.</summary>
    public string Sql(string column) => string.Create(CultureInfo.InvariantCulture, $"{column} BETWEEN '{First:O}' AND '{Last:O}'");
}
