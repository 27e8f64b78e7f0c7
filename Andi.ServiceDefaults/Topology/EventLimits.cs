namespace Andi.Topology;

/// <summary>What the relay's producer and the broker must agree on.</summary>
public static class EventLimits
{
    /// <summary>The most that a change event may have, in bytes, with its key and its share of framing: the producer's <c>message.max.bytes</c>.</summary>
    public const int LargestEvent = 10_000_000;

    /// <summary>The broker's <c>message.max.bytes</c> and <c>replica.fetch.max.bytes</c>: some framing of a batch on top.</summary>
    public const int LargestBrokerMessage = LargestEvent + (64 * 1024);
}
