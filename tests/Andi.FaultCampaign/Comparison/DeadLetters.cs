using Andi.Kafka;
using Confluent.Kafka;

namespace Andi.FaultCampaign.Comparison;

/// <summary>The dead-letter topic; nothing that the campaign does may end up there.</summary>
internal static class DeadLetters
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How many there are; 0 where there is no topic.</summary>
    public static long Count(KafkaConnection kafka)
    {
        var settings = new ClientConfig(kafka.ClientSettings());
        using var admin = new AdminClientBuilder(settings).SetLogHandler((_, _) => { }).Build();
        var topic = admin.GetMetadata(Patience).Topics.Find(topic => topic.Topic == kafka.DeadLetterTopic);
        if (topic is null)
        {
            return 0;
        }

        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig(settings) { GroupId = "campaign" }).SetLogHandler((_, _) => { }).Build();
        return topic.Partitions
            .Select(partition => consumer.QueryWatermarkOffsets(new TopicPartition(topic.Topic, partition.PartitionId), Patience))
            .Sum(offsets => offsets.High.Value - offsets.Low.Value);
    }
}
