using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests;

/// <summary>A test's own clients of the broker, quiet as the services' are.</summary>
internal static class KafkaClients
{
    public static KafkaConnection KafkaConnection(this IEngines engines) => new(engines.Kafka, IsLegacyProtocol: true, TopicPrefix: "");

    public static IProducer<TKey, TValue> KafkaProducer<TKey, TValue>(this IEngines engines, Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig(engines.KafkaConnection().ClientSettings());
        configure?.Invoke(config);
        return new ProducerBuilder<TKey, TValue>(config).LogTo(NullLogger.Instance).Build();
    }

    /// <summary>A consumer that reads from the beginning where it is told no offset, and commits nothing.</summary>
    public static IConsumer<TKey, TValue> KafkaConsumer<TKey, TValue>(this IEngines engines, Action<ConsumerConfig>? configure = null)
    {
        var config = new ConsumerConfig(engines.KafkaConnection().ClientSettings())
        {
            GroupId = "unused",
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        configure?.Invoke(config);
        return new ConsumerBuilder<TKey, TValue>(config).LogTo(NullLogger.Instance).Build();
    }
}
