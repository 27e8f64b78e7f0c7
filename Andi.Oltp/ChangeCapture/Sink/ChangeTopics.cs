using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Andi.Kafka;
using Andi.Topology;
using Confluent.Kafka;

namespace Andi.Oltp.ChangeCapture.Sink;

/// <summary>
/// Sends events to the change topics, in order, and waits where the queue is full: a Kafka that is down holds the relay back, never PostgreSQL's writers.
/// </summary>
internal sealed class ChangeTopics : IDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan QueueFullWait = TimeSpan.FromMilliseconds(10);

    private readonly IProducer<byte[]?, byte[]> _producer;
    private readonly ConcurrentDictionary<string, int> _partitions = new(StringComparer.Ordinal);

    public ChangeTopics(KafkaConnection connection, ILogger logger)
    {
        var config = new ProducerConfig(connection.ProducerSettings()) { DeliveryReportFields = "status", MessageMaxBytes = EventLimits.LargestEvent };
        _producer = new ProducerBuilder<byte[]?, byte[]>(config).ReconnectTo(connection, logger).Build();
    }

    /// <summary>How many partitions a topic has; the broker creates it where it is missing. Throws <see cref="KafkaException"/> after some tries.</summary>
    public async ValueTask<int> PartitionsOfAsync(string topic, CancellationToken cancellationToken)
    {
        if (_partitions.TryGetValue(topic, out var known))
        {
            return known;
        }

        // A topic that is being created has no leader for a moment.
        const int tries = 200;
        for (var attempt = 1; ; attempt++)
        {
            using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
            var metadata = await Task.Run(() => admin.GetMetadata(topic, MetadataTimeout), cancellationToken);
            var found = metadata.Topics.Find(t => t.Topic == topic);
            if (found is { Error.IsError: false, Partitions.Count: > 0 } && found.Partitions.TrueForAll(p => p.Leader >= 0))
            {
                return _partitions[topic] = found.Partitions.Count;
            }

            if (attempt == tries)
            {
                throw new KafkaException(found?.Error ?? new Error(ErrorCode.UnknownTopicOrPart, $"Topic {topic} did not appear."));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>The same of several topics, which the broker creates side by side.</summary>
    public Task<int[]> PartitionsOfAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken) =>
        Task.WhenAll(topics.Select(topic => PartitionsOfAsync(topic, cancellationToken).AsTask()));

    /// <summary>Queues an event; <paramref name="onDelivery"/> is called, on another thread, when Kafka has it or never will.</summary>
    public ValueTask SendAsync(
        string topic, byte[] key, byte[] value, Action<DeliveryReport<byte[]?, byte[]>> onDelivery, CancellationToken cancellationToken) =>
        QueueAsync(new TopicPartition(topic, Partition.Any), key, value, onDelivery, cancellationToken);

    /// <summary>
    /// Queues an event for every partition of a topic; <paramref name="add"/> is called before each, and what it returns as above.
    /// </summary>
    public async ValueTask SendToAllPartitionsAsync(
        string topic, byte[] value, Func<Action<DeliveryReport<byte[]?, byte[]>>> add, CancellationToken cancellationToken)
    {
        var count = await PartitionsOfAsync(topic, cancellationToken);
        for (var partition = 0; partition < count; partition++)
        {
            await QueueAsync(new TopicPartition(topic, partition), null, value, add(), cancellationToken);
        }
    }

    // Not flushed: what is not acknowledged is not confirmed to PostgreSQL either, and is sent again.
    public void Dispose() => _producer.Dispose();

    private ValueTask QueueAsync(
        TopicPartition to, byte[]? key, byte[] value, Action<DeliveryReport<byte[]?, byte[]>> onDelivery, CancellationToken cancellationToken)
    {
        var message = new Message<byte[]?, byte[]> { Key = key, Value = value };
        return TryQueue(to, message, onDelivery) ? ValueTask.CompletedTask : QueueWhenFreeAsync(to, message, onDelivery, cancellationToken);
    }

    private async ValueTask QueueWhenFreeAsync(
        TopicPartition to, Message<byte[]?, byte[]> message, Action<DeliveryReport<byte[]?, byte[]>> onDelivery, CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(QueueFullWait, cancellationToken);
        }
        while (!TryQueue(to, message, onDelivery));
    }

    private bool TryQueue(TopicPartition to, Message<byte[]?, byte[]> message, Action<DeliveryReport<byte[]?, byte[]>> onDelivery)
    {
        try
        {
            _producer.Produce(to, message, onDelivery);
            return true;
        }
        catch (ProduceException<byte[]?, byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
        catch (ProduceException<byte[]?, byte[]> exception) when (exception.Error.Code == ErrorCode.MsgSizeTooLarge)
        {
            throw new OversizedEventException(to.Topic, message.Key, message.Value.Length, exception);
        }
    }
}

/// <summary>
/// An event is larger than <see cref="EventLimits.LargestEvent"/>. Neither it nor anything behind it was queued. See docs/decisions/0008-large-events.md.
/// </summary>
internal sealed class OversizedEventException(string topic, byte[]? key, int size, Exception cause) : Exception(
    string.Create(
        CultureInfo.InvariantCulture,
        $"The event of row {(key is null ? "(none)" : Encoding.UTF8.GetString(key))} for {topic} has {size} bytes, "
        + $"and Kafka takes {EventLimits.LargestEvent} at most. "
        + $"Nothing behind it is sent. Make the row smaller, then begin a new generation (Andi.Cli resync)."),
    cause);
