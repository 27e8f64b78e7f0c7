using System.Globalization;

namespace Andi.Topology;

/// <summary>How large messages may be, in bytes: what the services' producers and the broker must agree on. See docs/decisions/0008-large-events.md.</summary>
public static class EventLimits
{
    /// <summary>The most that a change event may have with its key. The relay sends nothing larger.</summary>
    public const int LargestEvent = 10_000_000;

    /// <summary>The most that any message may have: an event of the largest size in base64, with a reason or as a replay.</summary>
    public const int LargestMessage = LargestEvent / 2 * 3;

    /// <summary>The broker's <c>message.max.bytes</c> and <c>replica.fetch.max.bytes</c>: some framing of a batch on top.</summary>
    public const int LargestBrokerMessage = LargestMessage + (64 * 1024);
}

/// <summary>For how many years rows may count. See docs/decisions/0018-retention.md.</summary>
public static class RetentionLimits
{
    /// <summary>The years of a warehouse that was never given another number: what its table files say, and the first row of <c>ops.retention</c>.</summary>
    public const int DefaultYears = 5;

    public const int LeastYears = 1;

    /// <summary>
    /// Rows are dated up to 2099-12-31, and ClickHouse's dates end in June 2149: a row of the last month must be droppable by a date that exists.
    /// </summary>
    public const int MostYears = 49;

    /// <summary>Whether the text is a number of years that rows may count.</summary>
    public static bool TryParse(string text, out int years) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out years) && years is >= LeastYears and <= MostYears;

    /// <summary>The message where <see cref="TryParse"/> is false.</summary>
    /// <param name="text">The text that was given.</param>
    /// <param name="name">The option or variable that gave it.</param>
    public static string Refusal(string text, string name) => $"'{text}' is not a number of years from {LeastYears} to {MostYears} ({name}).";
}

/// <summary>
/// How long a broker of a host keeps an event: at most so many days, and at least six sevenths of them. It removes whole files, which a partition begins
/// every fourteenth of the time. See docs/decisions/0026-kafka-retention.md.
/// </summary>
public static class EventRetention
{
    public const int DefaultDays = 7;

    public const int LeastDays = 1;

    public const int MostDays = 365;

    /// <summary>The broker's <c>log.retention.ms</c>.</summary>
    public static long RetentionMs(int days) => Day * days * 6 / 7;

    /// <summary>The broker's <c>log.roll.ms</c>.</summary>
    public static long RollMs(int days) => Day * days / 14;

    /// <summary>Whether the text is a number of days.</summary>
    public static bool TryParse(string text, out int days) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) && days is >= LeastDays and <= MostDays;

    /// <summary>The message where <see cref="TryParse"/> is false.</summary>
    /// <param name="text">The text that was given.</param>
    /// <param name="name">The option that gave it.</param>
    public static string Refusal(string text, string name) => $"'{text}' is not a number of days from {LeastDays} to {MostDays} ({name}).";

    private const long Day = 24L * 60 * 60 * 1000;
}
