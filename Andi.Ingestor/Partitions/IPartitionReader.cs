using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>How a partition governs its own reading. Kafka's consumer in the product, a model in the simulation.</summary>
internal interface IPartitionReader
{
    /// <summary>The next message of the partition is the one at this offset.</summary>
    void Seek(TopicPartitionOffset to);

    /// <summary>Until <see cref="Resume"/>, even if the partition is let go and comes back meanwhile.</summary>
    void Pause(TopicPartition partition);

    void Resume(TopicPartition partition);

    /// <summary>How many messages behind <paramref name="offset"/> Kafka is known to have; 0 where that is not known.</summary>
    long CountBehind(TopicPartition partition, long offset);
}
