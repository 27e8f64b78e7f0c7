using Andi.ChangeEvents;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Ingestor.Partitions;
using Andi.Kafka;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Source;
using Andi.Simulation.Warehouse;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Andi.UnitTests.Ingestor;

/// <summary>What the simulation has found, each told as one short story.</summary>
public sealed class AssignedPartitionsTests
{
    private static readonly TopicPartition Partition = new("andi.public.things", 0);
    private readonly SimulatedTime _time = new();

    [Fact]
    public void Idle_partition_that_somebody_else_took_over_is_taken_back()
    {
        var stubs = new PartitionStubs(LandingShape.Narrow);
        var assigned = Assign(stubs, new IngestorOptions());
        stubs.IsTakenOver = true;
        assigned.Deliver(Message(0, EventText.Heartbeat(new Position(10, 0))));
        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1)); // notes the idle progress,
        StepAfter(assigned, stubs, TimeSpan.Zero); // hears that the partition is not its own any more,
        assigned.Failure.ShouldNotBeNull();

        stubs.IsTakenOver = false;
        StepAfter(assigned, stubs, TimeSpan.FromMinutes(1)); // and after a while takes it back.

        assigned.Failure.ShouldBeNull();
        stubs.TakeOvers.ShouldBe(2);
        stubs.Seeks.ShouldBe([0L]);
    }

    [Fact]
    public void Repeated_batch_is_read_to_its_end_although_there_is_no_room()
    {
        var stubs = new PartitionStubs(LandingShape.Narrow) { Pending = new PendingBatch(new OffsetRange(0, 1), LandingShape.Narrow.ColumnsText) };
        var assigned = Assign(stubs, new IngestorOptions { MaxOpenRows = 1 });

        assigned.Deliver(Insert(0, amount: 1));
        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1));
        stubs.Paused.ShouldBeEmpty();
        stubs.Inserts.ShouldBeEmpty();

        assigned.Deliver(Insert(1, amount: 2));
        StepAfter(assigned, stubs, TimeSpan.Zero);
        stubs.Inserts.ShouldBe(["andi.public.things/0/0-1"]);
    }

    [Fact]
    public void Batch_waits_for_the_minimum_insert_interval_unless_it_is_full()
    {
        var stubs = new PartitionStubs(LandingShape.Narrow);
        var interval = TimeSpan.FromSeconds(1);
        var assigned = Assign(stubs, new IngestorOptions { MaxBatchRows = 2, MaxBatchAge = interval / 10, MinInsertInterval = interval });
        assigned.Deliver(Insert(0, amount: 1));
        StepAfter(assigned, stubs, interval / 5);
        stubs.Inserts.Count.ShouldBe(1);

        assigned.Deliver(Insert(1, amount: 1));
        StepAfter(assigned, stubs, interval / 2);
        stubs.Inserts.Count.ShouldBe(1);
        StepAfter(assigned, stubs, interval / 2);
        stubs.Inserts.Count.ShouldBe(2);

        assigned.Deliver(Insert(2, amount: 1));
        assigned.Deliver(Insert(3, amount: 1));
        StepAfter(assigned, stubs, TimeSpan.Zero);
        stubs.Inserts.Count.ShouldBe(3);
    }

    [Fact]
    public void New_batch_waits_while_there_is_no_room()
    {
        var stubs = new PartitionStubs(LandingShape.Narrow);
        var assigned = Assign(stubs, new IngestorOptions { MaxOpenRows = 1, MaxBatchAge = TimeSpan.FromHours(1) });

        assigned.Deliver(Insert(0, amount: 1));
        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1));

        stubs.Paused.ShouldBe([Partition]);
    }

    [Fact]
    public void Partition_that_was_released_while_paused_is_read_on_when_it_is_assigned_again()
    {
        var stubs = new PartitionStubs(LandingShape.Narrow);
        var assigned = Assign(stubs, new IngestorOptions { MaxOpenRows = 1, MaxBatchAge = TimeSpan.FromHours(1) });
        assigned.Deliver(Insert(0, amount: 1));
        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1));
        stubs.Paused.ShouldBe([Partition]);

        assigned.Release(Partition);
        assigned.Assign(Partition);
        StepAfter(assigned, stubs, TimeSpan.Zero);

        stubs.Paused.ShouldBeEmpty();
    }

    [Fact]
    public void Batch_waits_for_buffered_events_but_not_beyond_its_maximum_age()
    {
        var stubs = new PartitionStubs(LandingShape.Narrow) { Messages = 3 };
        var assigned = Assign(stubs, new IngestorOptions { MaxBatchRows = 3 });
        assigned.Deliver(Insert(0, amount: 1));
        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1));
        stubs.Inserts.ShouldBeEmpty();

        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1)); // They are slow to come,
        stubs.Inserts.ShouldBe(["andi.public.things/0/0-0"]);

        assigned.Deliver(Insert(1, amount: 1));
        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1)); // and one that waits makes no batch of three.
        stubs.Inserts.Count.ShouldBe(2);
    }

    [Fact]
    public void Batch_that_is_paused_for_lack_of_room_is_written_on_time()
    {
        var stubs = new PartitionStubs(LandingShape.Narrow) { Messages = 100 };
        var assigned = Assign(stubs, new IngestorOptions { MaxBatchRows = 10, MaxOpenRows = 1 });

        assigned.Deliver(Insert(0, amount: 1));
        StepAfter(assigned, stubs, TimeSpan.FromMilliseconds(10));
        stubs.Paused.ShouldBe([Partition]);
        StepAfter(assigned, stubs, TimeSpan.FromMilliseconds(200));

        stubs.Inserts.ShouldBe(["andi.public.things/0/0-0"]);
    }

    [Fact]
    public void Repeated_batch_has_the_columns_that_it_was_announced_with()
    {
        // 1000 did not fit then, so it was a dead letter of the batch; it would fit now.
        var stubs = new PartitionStubs(LandingShape.Wide) { Pending = new PendingBatch(new OffsetRange(0, 1), LandingShape.Narrow.ColumnsText) };
        var assigned = Assign(stubs, new IngestorOptions());

        assigned.Deliver(Insert(0, amount: 1));
        assigned.Deliver(Insert(1, amount: 1000));
        StepAfter(assigned, stubs, TimeSpan.Zero);

        stubs.DeadLetters.ShouldHaveSingleItem().Offset.ShouldBe(1);
        stubs.Applied.ShouldHaveSingleItem().Failed.Keys.ShouldBe([1L]);

        // The batch behind it takes the table as it is.
        assigned.Deliver(Insert(2, amount: 1000));
        StepAfter(assigned, stubs, TimeSpan.FromSeconds(1));
        stubs.Applied.Count.ShouldBe(2);
        stubs.Applied[1].Failed.ShouldBeEmpty();
    }

    [Fact]
    public void Refusal_is_noted_before_the_batch_is_made_again_without_the_rows()
    {
        const string Reason = "It violates a constraint.";
        var refusing = new PartitionStubs(LandingShape.Narrow) { Refusal = new RefusedRowsException(new Dictionary<long, string> { [1] = Reason }) };
        var log = new EventIds();
        var assigned = Assign(refusing, new IngestorOptions { MaxBatchRows = 3 }, log);
        DeliverThree(assigned);
        StepAfter(assigned, refusing, TimeSpan.Zero);
        StepAfter(assigned, refusing, TimeSpan.Zero);

        var (batch, reasons) = refusing.Refused.ShouldHaveSingleItem();
        (batch, refusing.Applied.Count).ShouldBe((new OffsetRange(0, 2), 0));
        log.ShouldBe([2001, 2015]);

        // Whoever takes the partition over then.
        var repeating = new PartitionStubs(LandingShape.Narrow) { Pending = new PendingBatch(batch, LandingShape.Narrow.ColumnsText, reasons) };
        var again = Assign(repeating, new IngestorOptions());
        DeliverThree(again);
        StepAfter(again, repeating, TimeSpan.Zero);
        repeating.Inserts.ShouldBe(refusing.Inserts);
        repeating.DeadLetters.ShouldHaveSingleItem().Reason.ShouldBe(Reason);
        repeating.Applied.ShouldHaveSingleItem().Failed.ShouldBe([new(1, Reason)]);

        static void DeliverThree(AssignedPartitions assigned)
        {
            for (var offset = 0; offset < 3; offset++)
            {
                assigned.Deliver(Insert(offset, amount: 1));
            }
        }
    }

    /// <summary>It was a warning every ten seconds for each partition, for as long as the topic was there.</summary>
    [Fact]
    public void Topic_without_landing_table_is_told_once_and_stays_a_state()
    {
        var stubs = new PartitionStubs(table: null);
        var log = new EventIds();
        var assigned = Assign(stubs, new IngestorOptions(), log);
        for (var minute = 0; minute < 10; minute++)
        {
            StepAfter(assigned, stubs, TimeSpan.FromMinutes(1));
        }

        stubs.NotesWithoutLandingTable.ShouldBe(11);
        assigned.Failure.ShouldNotBeNull().ShouldContain("no landing table");
        log.ShouldBe([2014]);
    }

    private AssignedPartitions Assign(PartitionStubs stubs, IngestorOptions options, ILogger? logger = null)
    {
        var writer = new BatchWriter(stubs, stubs, stubs, Options.Create(options), _time);
        var factory = new PartitionFactory(
            new KafkaConnection("nowhere:9092", IsLegacyProtocol: false, TopicPrefix: "andi"), stubs, stubs, writer, Options.Create(options), _time);
        var assigned = new AssignedPartitions(factory, stubs, options, _time, logger ?? NullLogger.Instance);
        assigned.Assign(Partition).ShouldBe(0);
        return assigned;
    }

    private void StepAfter(AssignedPartitions assigned, PartitionStubs stubs, TimeSpan delay)
    {
        _time.Advance(delay);
        assigned.Step(stubs, isDraining: false, TestContext.Current.CancellationToken);
    }

    private static ConsumeResult<byte[]?, byte[]?> Insert(long offset, long amount) =>
        Message(offset, EventText.Change('c', new Position(10 + (ulong)offset, 0), null, new SourceRow($"k{offset}", 0, amount)));

    private static ConsumeResult<byte[]?, byte[]?> Message(long offset, byte[] value) => new()
    {
        TopicPartitionOffset = new TopicPartitionOffset(Partition, offset),
        Message = new Message<byte[]?, byte[]?> { Value = value },
    };

    /// <summary>A log of which only the ids of its events are kept.</summary>
    private sealed class EventIds : List<int>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Add(eventId.Id);
    }
}
