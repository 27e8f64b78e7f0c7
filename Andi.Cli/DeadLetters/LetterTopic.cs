using System.Text;
using System.Text.Json;
using Andi.Ingestor.DeadLetters;
using Andi.Kafka;
using Confluent.Kafka;

namespace Andi.Cli.DeadLetters;

/// <summary>Finds whole messages in the dead-letter topic, by reading all of it: it is short, or something is badly wrong.</summary>
internal sealed class LetterTopic(KafkaConnection kafka)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The letters of these places that are still there; of one that was sent several times the last.</summary>
    /// <exception cref="CommandFailure">Kafka does not answer.</exception>
    public IReadOnlyDictionary<MessagePlace, DeadLetter> Find(IReadOnlyCollection<MessagePlace> places, CancellationToken cancellationToken)
    {
        var wanted = places.ToDictionary(place => place.ToString());
        var found = new Dictionary<MessagePlace, DeadLetter>();
        try
        {
            using var consumer = Consumer();
            foreach (var partition in Partitions())
            {
                Read(consumer, partition, wanted, found, cancellationToken);
            }

            consumer.Close();
        }
        catch (KafkaException exception)
        {
            throw new CommandFailure($"{kafka.DeadLetterTopic} cannot be read: {exception.Error.Reason}");
        }

        return found;
    }

    private static void Read(
        IConsumer<byte[], byte[]> consumer,
        TopicPartition partition,
        Dictionary<string, MessagePlace> wanted,
        Dictionary<MessagePlace, DeadLetter> found,
        CancellationToken cancellationToken)
    {
        var range = consumer.QueryWatermarkOffsets(partition, Patience);
        consumer.Assign(new TopicPartitionOffset(partition, range.Low));
        var quietSince = TimeProvider.System.GetTimestamp();
        for (var next = range.Low.Value; next < range.High.Value;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (consumer.Consume(Poll) is not { } message)
            {
                if (TimeProvider.System.GetElapsedTime(quietSince) > Patience)
                {
                    throw new CommandFailure($"Kafka has sent nothing more of {partition} for {Patience.TotalSeconds:0} s.");
                }

                continue;
            }

            quietSince = TimeProvider.System.GetTimestamp();
            next = message.Offset + 1;
            if (wanted.TryGetValue(Encoding.UTF8.GetString(message.Message.Key ?? []), out var place)
                && JsonSerializer.Deserialize(message.Message.Value, DeadLetterJson.Default.DeadLetter) is { } letter)
            {
                found[place] = letter;
            }
        }
    }

    private IConsumer<byte[], byte[]> Consumer() => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(kafka.ClientSettings())
    {
        GroupId = "andi-cli", // never joined, never committed to
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        AutoOffsetReset = AutoOffsetReset.Error,
    }).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();

    private List<TopicPartition> Partitions()
    {
        using var admin = new AdminClientBuilder(kafka.ClientSettings()).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
        return
        [
            .. admin.GetMetadata(kafka.DeadLetterTopic, Patience).Topics
                .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))),
        ];
    }
}
