using Confluent.Kafka;

namespace Andi.IntegrationTests.Engines;

public sealed class KafkaEngineTests(EnginesFixture engines)
{
    private const int SixMegabytes = 6 * 1024 * 1024;

    [Fact]
    public async Task Keeps_messages_of_both_partitions_and_large_ones()
    {
        var topic = $"engine-test-{Guid.NewGuid():N}";
        var large = new string('x', SixMegabytes);
        using (var producer = engines.KafkaProducer<string, string>(config => (config.Acks, config.MessageMaxBytes) = (Acks.All, 10_000_000)))
        {
            await producer.ProduceAsync(
                new TopicPartition(topic, 0), new Message<string, string> { Key = "k", Value = large }, TestContext.Current.CancellationToken);
            await producer.ProduceAsync(
                new TopicPartition(topic, 1), new Message<string, string> { Key = "k", Value = "small" }, TestContext.Current.CancellationToken);
        }

        using var consumer = engines.KafkaConsumer<string, string>(config => (config.FetchMaxBytes, config.MaxPartitionFetchBytes) = (20_000_000, 12_000_000));
        consumer.Assign([new TopicPartitionOffset(topic, 0, Offset.Beginning), new TopicPartitionOffset(topic, 1, Offset.Beginning)]);
        string[] read = [consumer.Consume(TimeSpan.FromSeconds(20)).Message.Value, consumer.Consume(TimeSpan.FromSeconds(20)).Message.Value];

        read.ShouldBe([large, "small"], ignoreOrder: true);
    }
}
