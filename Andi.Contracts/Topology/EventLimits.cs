namespace Andi.Topology;

/// <summary>How large messages may be, in bytes: what the services' producers and the broker must agree on. See docs/decisions/large-events.md.</summary>
public static class EventLimits
{
    /// <summary>The most that a change event may have with its key. The relay sends nothing larger.</summary>
    public const int LargestEvent = 10_000_000;

    /// <summary>The most that any message may have: an event of the largest size in base64, with a reason or as a replay.</summary>
    public const int LargestMessage = LargestEvent / 2 * 3;

    /// <summary>The broker's <c>message.max.bytes</c> and <c>replica.fetch.max.bytes</c>: some framing of a batch on top.</summary>
    public const int LargestBrokerMessage = LargestMessage + (64 * 1024);
}
