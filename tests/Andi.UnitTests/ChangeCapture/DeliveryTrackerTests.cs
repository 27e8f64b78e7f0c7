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
        second[0](Delivered(2));
        second.Close(20);
        first[0](Delivered(0));
        _deliveries.Advance();
        _deliveries.AcknowledgedLsn.ShouldBe(0ul);

        first[1](Delivered(1));
        first.Close(10);
        _deliveries.Advance();
        _deliveries.AcknowledgedLsn.ShouldBe(20ul);
    }

    [Fact]
    public void Failure_stops_the_relay_and_is_no_hole_where_nothing_came_behind_it()
    {
        var transaction = Transaction(3);
        transaction[0](Delivered(0));
        transaction[1](Failed(0, PersistenceStatus.NotPersisted));
        transaction[2](Failed(0, PersistenceStatus.NotPersisted));
        _deliveries.AddHeartbeat()(Delivered(1));

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
        transaction[0](Failed(1, PersistenceStatus.NotPersisted));
        transaction[1](behind == PersistenceStatus.Persisted ? Delivered(1) : Failed(1, behind));
        _deliveries.HasHole.ShouldBeTrue();
    }

    [Fact]
    public void Heartbeat_behind_a_failure_is_a_hole_too()
    {
        Transaction(1)[0](Failed(1, PersistenceStatus.PossiblyPersisted));
        _deliveries.HasHole.ShouldBeFalse();
        _deliveries.AddHeartbeat()(Delivered(1));
        _deliveries.HasHole.ShouldBeTrue();
    }

    // librdkafka sends the request behind a failed one before it tries that again, also with one request in flight: seen on a broker that had just started.
    [Fact]
    public void Event_that_is_delivered_behind_a_later_one_is_a_hole()
    {
        var (first, second) = (Transaction(2), Transaction(2));
        first[0](Delivered(0));
        second[0](Delivered(1));
        first[1](Delivered(0));
        _deliveries.HasFailed.ShouldBeFalse("in another partition an earlier event may be delivered later");

        second[1](Delivered(0));
        _deliveries.AddHeartbeat()(Delivered(1));
        _deliveries.HasHole.ShouldBeFalse();
        var (late, early) = (Transaction(1), _deliveries.AddHeartbeat());
        early(Delivered(0));
        late[0](Delivered(1));
        _deliveries.HasHole.ShouldBeFalse();

        (late, early) = (Transaction(1), _deliveries.AddHeartbeat());
        early(Delivered(0));
        late[0](Delivered(0));
        (_deliveries.HasFailed, _deliveries.HasHole).ShouldBe((true, true));
        Should.Throw<KafkaException>(_deliveries.Advance);
    }

    [Fact]
    public void Kafka_that_owes_an_answer_is_silent_since_its_last_one()
    {
        _deliveries.SilentFor.ShouldBeNull();
        _clock.Seconds = 100;
        var transaction = Transaction(2);
        var heartbeat = _deliveries.AddHeartbeat();
        _clock.Seconds = 103;
        _deliveries.SilentFor.ShouldBe(TimeSpan.FromSeconds(3));

        transaction[0](Delivered(0));
        transaction[1](Delivered(1));
        _clock.Seconds = 105;
        _deliveries.SilentFor.ShouldBe(TimeSpan.FromSeconds(2), "the heartbeat's answer is missing");
        heartbeat(Delivered(1));
        _deliveries.SilentFor.ShouldBeNull();
    }

    private SentTransaction Transaction(int events)
    {
        var transaction = _deliveries.Begin();
        return new SentTransaction(transaction, [.. Enumerable.Range(0, events).Select(_ => transaction.Add())]);
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

    private sealed record SentTransaction(DeliveryTracker.PendingDelivery Delivery, IReadOnlyList<Action<DeliveryReport<byte[]?, byte[]>>> Events)
    {
        public Action<DeliveryReport<byte[]?, byte[]>> this[int index] => Events[index];

        public void Close(ulong endLsn) => Delivery.Close(endLsn);
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
