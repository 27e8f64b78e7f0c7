using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

internal sealed class KafkaPartitionReader(IConsumer<byte[]?, byte[]?> consumer) : IPartitionReader
{
    public void Seek(TopicPartitionOffset to) => consumer.Seek(to);

    public void Pause(TopicPartition partition) => consumer.Pause([partition]);

    public void Resume(TopicPartition partition) => consumer.Resume([partition]);

    // What the last answer of the broker said; costs no request.
    public long CountBehind(TopicPartition partition, long offset) => Math.Max(0, consumer.GetWatermarkOffsets(partition).High.Value - offset - 1);
}
