using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.Bench.Relay;

/// <summary>The events that the relay sent, in memory, to be produced again by a bare producer with the relay's settings.</summary>
internal sealed class SentEvents(KafkaConnection kafka, string topic)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly List<Message<byte[], byte[]>> _events = [];

    public int Count => _events.Count;

    public long Bytes => _events.Sum(sent => (long)sent.Key.Length + sent.Value.Length);

    /// <summary>Where each partition of the topic ends now.</summary>
    public IReadOnlyList<TopicPartitionOffset> Ends()
    {
        using var consumer = Consumer();
        return [.. Partitions(consumer, topic)
            .Select(partition => new TopicPartitionOffset(partition, consumer.QueryWatermarkOffsets(partition, Timeout).High))];
    }

    /// <summary>Has the broker make a topic to produce to.</summary>
    /// <exception cref="TimeoutException">It is not there after a minute.</exception>
    public async Task CreateAsync(string name, CancellationToken cancellationToken)
    {
        using var consumer = Consumer();
        var deadline = TimeProvider.System.GetUtcNow() + Timeout;
        while (!Partitions(consumer, name).Any())
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new TimeoutException($"Topic {name} did not appear.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    /// <summary>Takes in what has keys, which heartbeats have not, in the order of each partition.</summary>
    public void Capture(IReadOnlyList<TopicPartitionOffset> from)
    {
        using var consumer = Consumer();
        consumer.Assign(from);
        var open = from.Select(partition => partition.TopicPartition).ToHashSet();
        while (open.Count > 0)
        {
            var result = consumer.Consume(Timeout) ?? throw new TimeoutException($"{topic} cannot be read to its end.");
            if (result.IsPartitionEOF)
            {
                open.Remove(result.TopicPartition);
            }
            else if (result.Message.Key is not null)
            {
                _events.Add(new Message<byte[], byte[]> { Key = result.Message.Key, Value = result.Message.Value });
            }
        }
    }

    /// <summary>Produces all to a topic of their own; returns when the broker has acknowledged the last.</summary>
    public void Produce(string to)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(kafka.ProducerSettings()).LogTo(NullLogger.Instance).Build();
        var target = new TopicPartition(to, Partition.Any);
        foreach (var sent in _events)
        {
            while (!TryProduce(producer, target, sent))
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }

        if (producer.Flush(Timeout) is > 0 and var left)
        {
            throw new TimeoutException($"Kafka did not acknowledge {left} events.");
        }
    }

    // No delivery handler: the floor is what the bytes cost.
    private static bool TryProduce(IProducer<byte[], byte[]> producer, TopicPartition target, Message<byte[], byte[]> sent)
    {
        try
        {
            producer.Produce(target, sent);
            return true;
        }
        catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    private static IEnumerable<TopicPartition> Partitions(IConsumer<byte[], byte[]> client, string name)
    {
        using var admin = new DependentAdminClientBuilder(client.Handle).Build();
        return admin.GetMetadata(name, Timeout).Topics.Single().Partitions.Select(partition => new TopicPartition(name, partition.PartitionId));
    }

    private IConsumer<byte[], byte[]> Consumer() => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(kafka.ClientSettings())
    {
        GroupId = "bench-relay",
        EnableAutoCommit = false,
        EnablePartitionEof = true,
    }).LogTo(NullLogger.Instance).Build();
}
