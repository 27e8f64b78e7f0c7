using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Andi.Kafka;

/// <summary>
/// Clients that live as long as their service reconnect after any outage. librdkafka drops the brokers that the cluster's metadata does not list; a broker
/// of the 0.9 protocol that has just started lists none, not even itself. A client that asks at that moment is left without any broker, and because the
/// same answer cancels the new bootstrap that librdkafka had scheduled, it stays so (seen with 2.15.1). Such a client is given its bootstrap servers again.
/// </summary>
public static class ReconnectingClients
{
    /// <summary>Adds <see cref="KafkaClientLogging"/> to a producer and has it reconnect after outages.</summary>
    public static ProducerBuilder<TKey, TValue> ReconnectTo<TKey, TValue>(this ProducerBuilder<TKey, TValue> builder, KafkaConnection kafka, ILogger logger)
    {
        var outage = new BrokerOutage(kafka.BootstrapServers);
        return builder.LogTo(logger, outage.Note).SetStatisticsHandler((client, _) => outage.Remind(client));
    }

    /// <summary>Adds <see cref="KafkaClientLogging"/> to a consumer and has it reconnect after outages.</summary>
    public static ConsumerBuilder<TKey, TValue> ReconnectTo<TKey, TValue>(this ConsumerBuilder<TKey, TValue> builder, KafkaConnection kafka, ILogger logger)
    {
        var outage = new BrokerOutage(kafka.BootstrapServers);
        return builder.LogTo(logger, outage.Note).SetStatisticsHandler((client, _) => outage.Remind(client));
    }

    /// <summary>
    /// Gives the bootstrap servers in the statistics handler, because librdkafka calls it at an interval on the client's own thread and so never
    /// while the client is being disposed.
    /// </summary>
    private sealed class BrokerOutage(string bootstrapServers)
    {
        // Twice: at the first time a broker that is about to be dropped may still be known, and is then not added.
        private const int Reminders = 2;

        private int _remaining;

        public void Note(Error error)
        {
            if (error.Code == ErrorCode.Local_AllBrokersDown)
            {
                _remaining = Reminders;
            }
        }

        public void Remind(IClient client)
        {
            if (_remaining > 0)
            {
                _remaining--;
                client.AddBrokers(bootstrapServers);
            }
        }
    }
}
