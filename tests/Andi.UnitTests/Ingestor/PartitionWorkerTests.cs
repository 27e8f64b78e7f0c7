using System.Text;
using Andi.ChangeEvents;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Ingestor.Partitions;
using Confluent.Kafka;

namespace Andi.UnitTests.Ingestor;

public sealed class PartitionWorkerTests
{
    private static readonly LandingTable Table = new("staging", "things_changes", [new("thing_id", "String")]);

    [Fact]
    public void Pending_batch_is_repeated_although_idle_progress_before_it_was_never_noted()
    {
        // Offset 5 was a heartbeat: seen, its note lost with a connection, then 6 to 7 announced.
        var ownership = new PartitionOwnership(
            "andi.public.things", 0, Generation: 1, Fence: 2, RevokedThrough: 0, new PartitionProgress(4, new Position(40, 0), 0, false),
            new PendingBatch(new OffsetRange(6, 7), Table.ColumnsText), []);
        using var worker = new PartitionWorker(ownership, () => Table, writer: null!, new IngestorOptions(), TimeProvider.System);

        worker.StartOffset.ShouldBe(6);
        worker.Take(Message(6));
        worker.IsOpenFull.ShouldBeFalse();
        worker.Take(Message(7));

        worker.IsOpenFull.ShouldBeTrue();
    }

    private static ConsumeResult<byte[]?, byte[]?> Message(long offset) => new()
    {
        TopicPartitionOffset = new TopicPartitionOffset("andi.public.things", 0, offset),
        Message = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes("no event: a dead letter") },
    };
}
