namespace Andi.Oltp.Requests;

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
}
