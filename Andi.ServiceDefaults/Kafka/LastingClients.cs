using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Andi.Kafka;

/// <summary>
/// Clients that live as long as their service find their way back after any outage. librdkafka lets go of the brokers that the cluster's metadata does not
/// list; a broker of the 0.9 protocol that has just started lists none, not even itself. A client that asks it then is left without any broker, and as the same
/// answer
/// calls off the new bootstrap that librdkafka had planned, for good (seen with 2.15.1). So it is given its bootstrap servers again.
/// </summary>
public static class LastingClients
{
    /// <summary>As <see cref="KafkaClientLogging"/>'s, for a producer that is to outlast outages.</summary>
    public static ProducerBuilder<TKey, TValue> Outlast<TKey, TValue>(this ProducerBuilder<TKey, TValue> builder, KafkaConnection kafka, ILogger logger)
    {
        var outage = new BrokerOutage(kafka.BootstrapServers);
        return builder.LogTo(logger, outage.Note).SetStatisticsHandler((client, _) => outage.Remind(client));
    }

    /// <summary>As <see cref="KafkaClientLogging"/>'s, for a consumer that is to outlast outages.</summary>
    public static ConsumerBuilder<TKey, TValue> Outlast<TKey, TValue>(this ConsumerBuilder<TKey, TValue> builder, KafkaConnection kafka, ILogger logger)
    {
        var outage = new BrokerOutage(kafka.BootstrapServers);
        return builder.LogTo(logger, outage.Note).SetStatisticsHandler((client, _) => outage.Remind(client));
    }

    /// <summary>
    /// Reminds in the handler of statistics, which comes at an interval and on the client's own thread, so never while the client is disposed.
    /// </summary>
    private sealed class BrokerOutage(string bootstrapServers)
    {
        // Twice: at the first time a broker that is about to go may still be there, and is then not added.
        private const int Reminders = 2;

        private int _toCome;

        public void Note(Error error)
        {
            if (error.Code == ErrorCode.Local_AllBrokersDown)
            {
                _toCome = Reminders;
            }
        }

        public void Remind(IClient client)
        {
            if (_toCome > 0)
            {
                _toCome--;
                client.AddBrokers(bootstrapServers);
            }
        }
    }
}
