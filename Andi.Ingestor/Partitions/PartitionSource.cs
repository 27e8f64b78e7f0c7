using Andi.Ingestor.Landing;
using Andi.Ingestor.Ownership;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Partitions;

/// <summary>Takes partitions over: owner in the ledger, shape from the warehouse.</summary>
internal sealed class PartitionSource(
    PartitionLedger ledger, LandingTables tables, BatchWriter writer, IOptions<IngestorOptions> options, TimeProvider time)
{
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";

    /// <summary>Makes the ledger name every topic that has a landing table. Blocks.</summary>
    public void Expect(CancellationToken cancellationToken) =>
        ledger.ExpectAsync(tables.ExpectedTopicsAsync(cancellationToken).GetAwaiter().GetResult(), cancellationToken).GetAwaiter().GetResult();

    /// <summary>Blocks until the partition is ours. Throws <see cref="NoLandingTableException"/> where the warehouse has no table for the topic.</summary>
    public PartitionIngest TakeOver(TopicPartition partition, CancellationToken cancellationToken)
    {
        var table = tables.FindAsync(partition.Topic, cancellationToken).GetAwaiter().GetResult() ?? throw new NoLandingTableException(partition.Topic);
        var ownership = ledger.TakeOver(partition.Topic, partition.Partition, _owner);
        return new PartitionIngest(ownership, table, writer, options, time);
    }
}

/// <summary>The warehouse has no landing table for a topic: the migration that brings it is still to come. Its events wait in Kafka.</summary>
internal sealed class NoLandingTableException(string topic) : Exception($"There is no landing table for topic {topic} yet; its events wait.");
