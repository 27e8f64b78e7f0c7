using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Andi.Oltp.ChangeCapture.Sink;

/// <summary>
/// Knows up to where Kafka has acknowledged everything. Acknowledgements arrive in any order over partitions; the LSN only advances over transactions
/// that are acknowledged whole, in the order of their commits. Used by one thread; only acknowledgements come from others.
/// </summary>
internal sealed class DeliveryTracker(TimeProvider time)
{
    private static readonly TimeSpan SettlePause = TimeSpan.FromMilliseconds(5);

    private readonly Queue<PendingDelivery> _pending = new();
    private readonly HashSet<TopicPartition> _failed = [];
    private readonly Dictionary<TopicPartition, long> _lastTaken = [];
    private readonly Lock _judging = new();
    private volatile string? _failure;
    private volatile bool _hasHole;
    private long _queued;
    private long _unanswered;
    private long _movedAt;

    /// <summary>How long Kafka has been silent although events or heartbeats wait for its answer; null while none does.</summary>
    public TimeSpan? SilentFor => Volatile.Read(ref _unanswered) > 0 ? time.GetElapsedTime(Volatile.Read(ref _movedAt)) : null;

    /// <summary>Whether an event was not delivered.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>
    /// Whether something behind an event that was not delivered, or was delivered late, is or may be in its partition. To send that event again would be of
    /// no use: its reader drops what stands before what it has.
    /// </summary>
    public bool HasHole => _hasHole;

    /// <summary>Every transaction that ends at or before this LSN is in Kafka.</summary>
    public ulong AcknowledgedLsn { get; private set; }

    /// <summary>Begins a transaction, behind those begun before.</summary>
    public PendingDelivery Begin()
    {
        var delivery = new PendingDelivery(this);
        _pending.Enqueue(delivery);
        return delivery;
    }

    /// <summary>
    /// A heartbeat is about to be queued; what to call with its delivery. Nothing is confirmed by it, but what it promises must have been delivered before it.
    /// </summary>
    public Action<DeliveryReport<byte[]?, byte[]>> AddHeartbeat()
    {
        var number = CountQueued();
        return report => Judge(report, number);
    }

    /// <summary>
    /// Moves <see cref="AcknowledgedLsn"/>. Throws <see cref="KafkaException"/> where an event could not be delivered: then all after it must be sent
    /// again.
    /// </summary>
    public void Advance()
    {
        ThrowIfFailed();
        while (_pending.TryPeek(out var first) && first.IsDone)
        {
            AcknowledgedLsn = first.EndLsn;
            _pending.Dequeue();
        }
    }

    /// <summary>Throws <see cref="KafkaException"/> where an event could not be delivered: nothing more should be queued.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new KafkaException(new Error(ErrorCode.Local_Fail, failure));
        }
    }

    /// <summary>
    /// Waits until Kafka has answered for everything that was queued; returns how many answers are missing. The producer's flush is not used, because it
    /// reports on a second thread, and so in any order.
    /// </summary>
    public async Task<long> SettleAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (Volatile.Read(ref _unanswered) > 0 && time.GetElapsedTime(started) < limit)
        {
            await Task.Delay(SettlePause, time, cancellationToken);
        }

        return Volatile.Read(ref _unanswered);
    }

    private long CountQueued()
    {
        if (Interlocked.Increment(ref _unanswered) == 1)
        {
            Volatile.Write(ref _movedAt, time.GetTimestamp());
        }

        return ++_queued;
    }

    private void Judge(DeliveryReport<byte[]?, byte[]> report, long number)
    {
        Volatile.Write(ref _movedAt, time.GetTimestamp());
        JudgeInOrder(report, number);
        Interlocked.Decrement(ref _unanswered);
    }

    // The reports of one partition come in the order in which Kafka took its events. That is the order in which they were queued, unless the producer sent a
    // later request before it tried a failed one again. librdkafka does so where it cannot be idempotent, even with one request in flight.
    private void JudgeInOrder(DeliveryReport<byte[]?, byte[]> report, long number)
    {
        lock (_judging)
        {
            _hasHole |= report.Status != PersistenceStatus.NotPersisted && _failed.Contains(report.TopicPartition);
            if (report.Error.IsError)
            {
                _failed.Add(report.TopicPartition);
                _failure ??= $"An event for {report.Topic} was not delivered: {report.Error.Reason}";
                return;
            }

            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastTaken, report.TopicPartition, out _);
            if (number < last)
            {
                _hasHole = true;
                _failure ??= $"An event for {report.Topic} was delivered behind one that was sent after it.";
            }

            last = Math.Max(last, number);
        }
    }

    /// <summary>The deliveries of one transaction.</summary>
    internal sealed class PendingDelivery(DeliveryTracker tracker)
    {
        // One for the transaction itself until it is closed, one for each event without acknowledgement.
        private int _outstanding = 1;

        public ulong EndLsn { get; private set; }

        public bool IsDone => Volatile.Read(ref _outstanding) == 0;

        /// <summary>An event is about to be queued; what to call with its delivery.</summary>
        public Action<DeliveryReport<byte[]?, byte[]>> Add()
        {
            Interlocked.Increment(ref _outstanding);
            var number = tracker.CountQueued();
            return report =>
            {
                tracker.Judge(report, number);
                Interlocked.Decrement(ref _outstanding);
            };
        }

        public void Close(ulong endLsn)
        {
            EndLsn = endLsn;
            Interlocked.Decrement(ref _outstanding);
        }
    }
}
