using Andi.Oltp.ChangeCapture.Sink;
using Confluent.Kafka;

namespace Andi.UnitTests.ChangeCapture;

public sealed class DeliveryTrackerTests
{
    private readonly Clock _clock = new();
    private readonly DeliveryTracker _deliveries;

    public DeliveryTrackerTests() => _deliveries = new DeliveryTracker(_clock);

    [Fact]
    public void Only_what_is_acknowledged_whole_and_in_order_is_confirmed()
    {
        var (first, second) = (Transaction(2), Transaction(1));
        second.OnDelivery(Delivered(0));
        second.Close(20);
        first.OnDelivery(Delivered(0));
        _deliveries.Advance();
        _deliveries.AcknowledgedLsn.ShouldBe(0ul);

        first.OnDelivery(Delivered(1));
        first.Close(10);
        _deliveries.Advance();
        _deliveries.AcknowledgedLsn.ShouldBe(20ul);
    }

    [Fact]
    public void A_failure_stops_the_relay_and_is_no_hole_where_nothing_came_behind_it()
    {
        var transaction = Transaction(3);
        transaction.OnDelivery(Delivered(0));
        transaction.OnDelivery(Failed(0, PersistenceStatus.NotPersisted));
        transaction.OnDelivery(Failed(0, PersistenceStatus.NotPersisted));
        _deliveries.AddHeartbeat();
        _deliveries.OnHeartbeat(Delivered(1));

        Should.Throw<KafkaException>(_deliveries.ThrowIfFailed);
        Should.Throw<KafkaException>(_deliveries.Advance);
        (_deliveries.HasFailed, _deliveries.HasHole).ShouldBe((true, false));
    }

    [Theory]
    [InlineData(PersistenceStatus.Persisted)]
    [InlineData(PersistenceStatus.PossiblyPersisted)]
    public void Something_behind_a_failure_in_its_partition_is_a_hole(PersistenceStatus behind)
    {
        var transaction = Transaction(2);
        transaction.OnDelivery(Failed(1, PersistenceStatus.NotPersisted));
        transaction.OnDelivery(behind == PersistenceStatus.Persisted ? Delivered(1) : Failed(1, behind));
        _deliveries.HasHole.ShouldBeTrue();
    }

    [Fact]
    public void A_heartbeat_behind_a_failure_is_a_hole_too()
    {
        Transaction(1).OnDelivery(Failed(1, PersistenceStatus.PossiblyPersisted));
        _deliveries.HasHole.ShouldBeFalse();
        _deliveries.AddHeartbeat();
        _deliveries.OnHeartbeat(Delivered(1));
        _deliveries.HasHole.ShouldBeTrue();
    }

    [Fact]
    public void A_Kafka_that_owes_an_answer_is_silent_since_its_last_one()
    {
        _deliveries.SilentFor.ShouldBeNull();
        _clock.Seconds = 100;
        var transaction = Transaction(2);
        _deliveries.AddHeartbeat();
        _clock.Seconds = 103;
        _deliveries.SilentFor.ShouldBe(TimeSpan.FromSeconds(3));

        transaction.OnDelivery(Delivered(0));
        transaction.OnDelivery(Delivered(1));
        _clock.Seconds = 105;
        _deliveries.SilentFor.ShouldBe(TimeSpan.FromSeconds(2), "the heartbeat's answer is missing");
        _deliveries.OnHeartbeat(Delivered(1));
        _deliveries.SilentFor.ShouldBeNull();
    }

    private DeliveryTracker.PendingDelivery Transaction(int events)
    {
        var transaction = _deliveries.Begin();
        for (var index = 0; index < events; index++)
        {
            transaction.Add();
        }

        return transaction;
    }

    private static DeliveryReport<byte[]?, byte[]> Delivered(int partition) => new()
    {
        TopicPartitionOffsetError = new("t", partition, 5, new Error(ErrorCode.NoError)),
        Status = PersistenceStatus.Persisted,
    };

    private static DeliveryReport<byte[]?, byte[]> Failed(int partition, PersistenceStatus status) => new()
    {
        TopicPartitionOffsetError = new("t", partition, Offset.Unset, new Error(ErrorCode.TopicAuthorizationFailed)),
        Status = status,
    };

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
