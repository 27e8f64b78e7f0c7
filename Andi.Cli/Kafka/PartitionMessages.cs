using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.Cli.Kafka;

/// <summary>Reads whole partitions of topics, of no consumer group, from the first message that Kafka still has.</summary>
internal sealed class PartitionMessages : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly IConsumer<byte[]?, byte[]?> _consumer;

    public PartitionMessages(KafkaConnection kafka) => _consumer = new ConsumerBuilder<byte[]?, byte[]?>(
        new ConsumerConfig(kafka.ClientSettings())
        {
            GroupId = "andi-cli", // never joined, never committed to
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            QueuedMaxMessagesKbytes = 32 * 1024,
            FetchWaitMaxMs = 10, // a fetch beyond the last message holds up that of the next partition
        }).LogTo(NullLogger.Instance).Build();

    /// <summary>The partitions of a topic; none where it does not exist.</summary>
    /// <exception cref="CommandFailure">Kafka does not answer.</exception>
    public IEnumerable<TopicPartition> PartitionsOf(string topic)
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
            return admin.GetMetadata(topic, Timeout).Topics.Single().Partitions.Select(partition => new TopicPartition(topic, partition.PartitionId));
        }
        catch (KafkaException exception)
        {
            throw new CommandFailure($"Kafka did not return the partitions of {topic}: {exception.Error.Reason}");
        }
    }

    /// <summary>The first offset that there is, and the one that comes next.</summary>
    /// <exception cref="CommandFailure">Kafka does not answer, or does not know the partition.</exception>
    public (long First, long End) Range(TopicPartition partition)
    {
        try
        {
            var offsets = _consumer.QueryWatermarkOffsets(partition, Timeout);
            return (offsets.Low, offsets.High);
        }
        catch (KafkaException exception)
        {
            throw new CommandFailure($"Kafka did not return the offsets of {partition}: {exception.Error.Reason}");
        }
    }

    /// <summary>The messages from <paramref name="first"/> to <paramref name="last"/>, which must be there.</summary>
    /// <exception cref="CommandFailure">Kafka sends nothing for half a minute.</exception>
    public IEnumerable<ConsumeResult<byte[]?, byte[]?>> Read(TopicPartition partition, long first, long last, CancellationToken cancellationToken)
    {
        if (first > last)
        {
            yield break;
        }

        _consumer.Assign(new TopicPartitionOffset(partition, first));
        var lastAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var message = Consume(partition);
            if (message is null)
            {
                if (TimeProvider.System.GetElapsedTime(lastAt) > Timeout)
                {
                    throw new CommandFailure($"Kafka sent no message of {partition} for {Timeout.TotalSeconds:0} s, though there should be messages "
                        + $"up to {last}.");
                }

                continue;
            }

            lastAt = TimeProvider.System.GetTimestamp();
            if (message.Offset <= last)
            {
                yield return message;
            }

            if (message.Offset >= last)
            {
                yield break;
            }
        }
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private ConsumeResult<byte[]?, byte[]?>? Consume(TopicPartition partition)
    {
        try
        {
            return _consumer.Consume(Poll);
        }
        catch (ConsumeException exception)
        {
            throw new CommandFailure($"{partition} cannot be read: {exception.Error.Reason}");
        }
    }
}
