using System.Buffers;
using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.Bench.Ingest;

/// <summary>The topic of scores with events waiting in it.</summary>
internal sealed class EventTopic(KafkaConnection kafka)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan QueueFullWait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public string Name { get; } = kafka.TopicOf(1, "public", "scores");

    /// <summary>How many partitions it has.</summary>
    public int CountPartitions()
    {
        using var admin = new AdminClientBuilder(kafka.ClientSettings()).LogTo(NullLogger.Instance).Build();
        return admin.GetMetadata(Name, Patience).Topics.Single().Partitions.Count;
    }

    /// <summary>How many messages its partitions have had.</summary>
    public long CountMessages(int partitions)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig(kafka.ClientSettings()) { GroupId = "bench" })
            .LogTo(NullLogger.Instance).Build();
        return Places(partitions).Sum(place => consumer.QueryWatermarkOffsets(place, Patience).High.Value);
    }

    /// <summary>Sends all events and returns once Kafka has them.</summary>
    public void Fill(ScoreEvents events)
    {
        var settings = kafka.ProducerSettings();
        settings["dotnet.producer.enable.delivery.reports"] = "false";
        settings["linger.ms"] = "50";
        var before = CountMessages(events.Partitions);
        using var producer = new ProducerBuilder<byte[], byte[]>(settings).LogTo(NullLogger.Instance).Build();
        var partitions = Places(events.Partitions);
        var buffer = new ArrayBufferWriter<byte>();
        for (var number = 0L; number < events.Count; number++)
        {
            events.WriteKey(buffer, number);
            var key = buffer.WrittenSpan.ToArray();
            buffer.ResetWrittenCount();
            events.WriteValue(buffer, number);
            var message = new Message<byte[], byte[]> { Key = key, Value = buffer.WrittenSpan.ToArray() };
            buffer.ResetWrittenCount();
            Send(partitions[events.PartitionOf(number)], message);
        }

        producer.Flush(Patience);
        if (CountMessages(events.Partitions) - before is var sent && sent != events.Count)
        {
            throw new InvalidOperationException($"{sent} of {events.Count} events are in Kafka.");
        }

        void Send(TopicPartition partition, Message<byte[], byte[]> message)
        {
            while (true)
            {
                try
                {
                    producer.Produce(partition, message);
                    return;
                }
                catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
                {
                    Thread.Sleep(QueueFullWait);
                }
            }
        }
    }

    /// <summary>Reads the partitions from their beginnings to where they end now, and does nothing with the messages.</summary>
    /// <returns>How many there were.</returns>
    public long ReadAll(int partitions)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig(kafka.ClientSettings())
        {
            GroupId = "bench",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error,
        }).LogTo(NullLogger.Instance).Build();
        var left = CountMessages(partitions);
        consumer.Assign(Places(partitions).Select(place => new TopicPartitionOffset(place, Offset.Beginning)));
        var count = 0L;
        while (left > 0)
        {
            if (consumer.Consume(Poll) is not null)
            {
                left--;
                count++;
            }
        }

        consumer.Close();
        return count;
    }

    private TopicPartition[] Places(int partitions) => [.. Enumerable.Range(0, partitions).Select(partition => new TopicPartition(Name, partition))];
}
