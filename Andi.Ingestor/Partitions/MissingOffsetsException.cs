using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Kafka handed out a later message than the next one. An ordinary topic has no gaps, so events are gone (retention) or were passed over, and going on
/// would leave a hole.
/// </summary>
internal sealed class MissingOffsetsException(TopicPartitionOffset found, long expected)
    : Exception($"{found.TopicPartition}: the next message is at offset {found.Offset.Value}, expected {expected}. Events are missing; if Kafka no longer has them, run resync.");
