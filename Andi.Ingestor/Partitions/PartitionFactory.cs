using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Partitions;

/// <summary>Takes partitions over: owner in the ledger, shape from the warehouse.</summary>
internal sealed class PartitionFactory(
    KafkaConnection kafka, IPartitionLedger ledger, ILandingTables tables, BatchWriter writer, IOptions<IngestorOptions> options, TimeProvider time)
{
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";

    /// <summary>
    /// Blocks until the partition is ours. Throws <see cref="NoLandingTableException"/> where the warehouse has no table for the topic,
    /// <see cref="RetiredGenerationException"/> where readers have left its generation behind.
    /// </summary>
    public PartitionWorker TakeOver(TopicPartition partition)
    {
        if (!kafka.TryParseTopic(partition.Topic, out var topic))
        {
            throw new ArgumentException($"{partition.Topic} is not a change topic.", nameof(partition));
        }

        if (tables.Find(topic.Table) is not { } table)
        {
            ledger.NoteWithoutLandingTable(partition.Topic, partition.Partition, topic.Generation);
            throw new NoLandingTableException(partition.Topic);
        }

        var ownership = ledger.TakeOver(partition.Topic, partition.Partition, topic.Generation, _owner);
        return new PartitionWorker(ownership, () => tables.Find(topic.Table) ?? table, writer, options.Value, time);
    }
}

/// <summary>The warehouse has no landing table for a topic: the migration that creates it has not run yet. Its events wait in Kafka.</summary>
internal sealed class NoLandingTableException(string topic) : Exception($"There is no landing table for topic {topic} yet; its events wait.");
