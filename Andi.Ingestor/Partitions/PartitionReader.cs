using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>How a partition governs its own reading. Kafka's consumer in the product, a model in the simulation.</summary>
internal interface IPartitionReader
{
    /// <summary>The next message of the partition is the one at this offset.</summary>
    void Seek(TopicPartitionOffset to);

    /// <summary>Pauses until <see cref="Resume"/>, even if the partition is released and assigned again meanwhile.</summary>
    void Pause(TopicPartition partition);

    void Resume(TopicPartition partition);

    /// <summary>How many messages behind <paramref name="offset"/> Kafka is known to have; 0 where that is not known.</summary>
    long CountBehind(TopicPartition partition, long offset);
}

internal sealed class KafkaPartitionReader(IConsumer<byte[]?, byte[]?> consumer) : IPartitionReader
{
    public void Seek(TopicPartitionOffset to) => consumer.Seek(to);

    public void Pause(TopicPartition partition) => consumer.Pause([partition]);

    public void Resume(TopicPartition partition) => consumer.Resume([partition]);

    // What the last answer of the broker said; costs no request.
    public long CountBehind(TopicPartition partition, long offset) => Math.Max(0, consumer.GetWatermarkOffsets(partition).High.Value - offset - 1);
}
