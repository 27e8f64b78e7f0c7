namespace Andi.Kafka;

/// <summary>
/// What a broker of the 0.9 protocol cannot do, and what its clients do instead. The native engine is such a broker. No other file of the
/// product asks which protocol a broker speaks.
/// </summary>
internal static class LegacyBroker
{
    private const string Version = "0.9.0.1";

    /// <summary>Tells a client of <paramref name="kafka"/> the version that the broker cannot be asked for.</summary>
    public static void AddClientSettings(KafkaConnection kafka, Dictionary<string, string> settings)
    {
        if (kafka.IsLegacyProtocol)
        {
            settings["api.version.request"] = "false";
            settings["broker.version.fallback"] = Version;
        }
    }

    /// <summary>
    /// Makes a producer keep its order. Where the broker can, the producer is idempotent. Else it has one request in flight and retries a failed one after a
    /// second. librdkafka sends the next request before that retry, so a broker that recovers in between takes them in the wrong order; the relay notices that
    /// (DeliveryTracker).
    /// </summary>
    public static void AddOrderingSettings(KafkaConnection kafka, Dictionary<string, string> settings)
    {
        if (kafka.IsLegacyProtocol)
        {
            settings["max.in.flight.requests.per.connection"] = "1";
            settings["retries"] = "2147483647";
            settings["retry.backoff.ms"] = "1000";
        }
        else
        {
            settings["enable.idempotence"] = "true";
        }
    }

    /// <summary>Whether clients can have <paramref name="kafka"/> delete topics.</summary>
    public static bool CanDeleteTopics(KafkaConnection kafka) => !kafka.IsLegacyProtocol;
}
