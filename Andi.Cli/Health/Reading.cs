using Andi.Cli.Terminal;

namespace Andi.Cli.Health;

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">What kind of thing: <c>reachable</c>, <c>lag</c>, <c>disk free</c>, …</param>
/// <param name="Subject">Which one: a store, a slot, a table.</param>
/// <param name="Value">What was found; null where it could not be found out.</param>
/// <param name="Unit">Of value and limit: <c>ms</c>, <c>bytes</c>, <c>%</c>, <c>parts</c>, …</param>
/// <param name="Limit">Where it begins to be wrong; null: it is only told.</param>
/// <param name="Ok">Within the limit, and found out.</param>
/// <param name="Detail">What else there is to say.</param>
internal sealed record Reading(string Check, string Subject, double? Value, string Unit, double? Limit, bool Ok, string? Detail = null)
{
    /// <summary>A value that must not be more than its limit.</summary>
    public static Reading AtMost(string check, string subject, double value, string unit, double? limit, string? detail = null) =>
        new(check, subject, value, unit, limit, limit is null || value <= limit, detail);

    /// <summary>A value that must not be less than its limit.</summary>
    public static Reading AtLeast(string check, string subject, double value, string unit, double limit, string? detail = null) =>
        new(check, subject, value, unit, limit, value >= limit, detail);

    /// <summary>Could not be found out, which is never well.</summary>
    public static Reading Unknown(string check, string subject, string why) => new(check, subject, null, "", null, false, why);

    public string ValueText => Text(Value);

    public string LimitText => Text(Limit);

    private string Text(double? number) => (number, Unit) switch
    {
        (null, _) => "",
        ({ } ms, "ms") => Amount.Time(ms),
        ({ } bytes, "bytes") => Amount.Bytes(bytes),
        ({ } plain, _) => $"{Amount.Number(plain)} {Unit}",
    };
}
