using System.CommandLine;
using Andi.Cli.Terminal;

namespace Andi.Cli.Health;

/// <summary>Where each reading begins to be wrong.</summary>
internal sealed record HealthLimits
{
    /// <summary>Bytes of WAL that a slot has still to deliver.</summary>
    public required double SlotLagBytes { get; init; }

    /// <summary>How old the newest applied event of a partition may be.</summary>
    public required TimeSpan Lag { get; init; }

    /// <summary>Messages of a partition that wait in Kafka.</summary>
    public required double LagMessages { get; init; }

    /// <summary>How long an announced batch may take to be confirmed.</summary>
    public required TimeSpan InsertAge { get; init; }

    /// <summary>Percent of a disk.</summary>
    public required double DiskFree { get; init; }

    /// <summary>Active parts in one partition of a table.</summary>
    public required double Parts { get; init; }

    /// <summary>How long a mutation may take.</summary>
    public required TimeSpan MutationAge { get; init; }

    /// <summary>Inserts failed since ClickHouse started.</summary>
    public required double FailedInserts { get; init; }

    /// <summary>How long ago a mart may have been refreshed.</summary>
    public required TimeSpan MartAge { get; init; }

    /// <summary>Outstanding dead letters of a topic.</summary>
    public required double DeadLetters { get; init; }
}

/// <summary>The limits as options of the command line.</summary>
internal sealed class HealthLimitOptions
{
    private const double MiB = 1024 * 1024;

    private readonly Option<double> _slotLag = Number("--max-slot-lag", "MiB of WAL that a replication slot may still have to deliver.", 1_024);
    private readonly Option<TimeSpan> _lag = Time(
        "--max-lag", "How old the newest event of a partition that is in the warehouse may be, as hh:mm:ss.", TimeSpan.FromMinutes(1));
    private readonly Option<double> _messages = Number("--max-messages", "Messages of a partition that may wait in Kafka.", 100_000);
    private readonly Option<TimeSpan> _insertAge = Time("--max-insert-age", "How long an announced batch may go unconfirmed, as hh:mm:ss; longer means that "
        + "its insert fails.", TimeSpan.FromMinutes(1));
    private readonly Option<double> _diskFree = Number("--min-disk-free", "Percent of ClickHouse's disk that must be free.", 10);
    private readonly Option<double> _parts = Number("--max-parts", "Active parts that one partition of a table may have; ClickHouse slows inserts down at "
        + "1,000.", 300);
    private readonly Option<TimeSpan> _mutationAge = Time("--max-mutation-age", "How long a mutation may be unfinished, as hh:mm:ss; one that has failed is "
        + "wrong at once.", TimeSpan.FromMinutes(10));
    private readonly Option<double> _failed = Number("--max-failed-inserts", "Inserts that may have failed since ClickHouse started; each is repeated.", 100);
    private readonly Option<TimeSpan> _martAge = Time("--max-mart-age", "How long ago a mart may have been refreshed, as hh:mm:ss; one whose refresh fails "
        + "is wrong at once.", TimeSpan.FromMinutes(20));
    private readonly Option<double> _letters = Number("--max-dead-letters", "Outstanding dead letters that a topic may have.", 0);

    public IEnumerable<Option> All => [_slotLag, _lag, _messages, _insertAge, _diskFree, _parts, _mutationAge, _failed, _martAge, _letters];

    public HealthLimits Read(ParseResult arguments) => new()
    {
        SlotLagBytes = arguments.GetValue(_slotLag) * MiB,
        Lag = arguments.GetValue(_lag),
        LagMessages = arguments.GetValue(_messages),
        InsertAge = arguments.GetValue(_insertAge),
        DiskFree = arguments.GetValue(_diskFree),
        Parts = arguments.GetValue(_parts),
        MutationAge = arguments.GetValue(_mutationAge),
        FailedInserts = arguments.GetValue(_failed),
        MartAge = arguments.GetValue(_martAge),
        DeadLetters = arguments.GetValue(_letters),
    };

    private static Option<double> Number(string name, string what, double value)
    {
        var option = new Option<double>(name) { Description = what, HelpName = "N", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && !(result.GetValueOrDefault<double>() >= 0))
            {
                result.AddError($"{name} takes a number of at least 0.");
            }
        });
        return option;
    }

    private static Option<TimeSpan> Time(string name, string what, TimeSpan value) => new(name)
    {
        Description = what,
        HelpName = "hh:mm:ss",
        DefaultValueFactory = _ => value,
    };
}

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
