using Confluent.Kafka;

namespace Andi.Oltp.ChangeCapture.Sink;

/// <summary>
/// Knows up to where Kafka has acknowledged everything. Acknowledgements arrive in any order over partitions; the LSN only advances over transactions
/// that are acknowledged whole, in the order of their commits. Used by one thread; only acknowledgements come from others.
/// </summary>
internal sealed class DeliveryTracker(TimeProvider time)
{
    private readonly Queue<PendingDelivery> _pending = new();
    private readonly HashSet<TopicPartition> _failed = [];
    private readonly Lock _judging = new();
    private volatile string? _failure;
    private volatile bool _hasHole;
    private long _unanswered;
    private long _movedAt;

    /// <summary>How long Kafka has been silent although events or heartbeats wait for its answer; null while none does.</summary>
    public TimeSpan? SilentFor => Volatile.Read(ref _unanswered) > 0 ? time.GetElapsedTime(Volatile.Read(ref _movedAt)) : null;

    /// <summary>Whether an event was not delivered.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>
    /// Whether something behind an event that was not delivered is, or may be, in its partition. To send that event again would be of no use: its reader
    /// drops what stands before what it has.
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

    /// <summary>A heartbeat is about to be queued.</summary>
    public void AddHeartbeat() => CountQueued();

    /// <summary>For a heartbeat's delivery, which nothing is confirmed by: but what it promises must have been delivered before it.</summary>
    public void OnHeartbeat(DeliveryReport<byte[]?, byte[]> report) => Judge(report);

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

    private void CountQueued()
    {
        if (Interlocked.Increment(ref _unanswered) == 1)
        {
            Volatile.Write(ref _movedAt, time.GetTimestamp());
        }
    }

    // The reports of one partition come in the order in which its events were queued; several partitions' may come at once.
    private void Judge(DeliveryReport<byte[]?, byte[]> report)
    {
        Volatile.Write(ref _movedAt, time.GetTimestamp());
        Interlocked.Decrement(ref _unanswered);
        if (!report.Error.IsError && _failure is null)
        {
            return;
        }

        lock (_judging)
        {
            if (report.Status != PersistenceStatus.NotPersisted && _failed.Contains(report.TopicPartition))
            {
                _hasHole = true;
            }

            if (report.Error.IsError)
            {
                _failed.Add(report.TopicPartition);
                _failure ??= $"An event for {report.Topic} was not delivered: {report.Error.Reason}";
            }
        }
    }

    /// <summary>The deliveries of one transaction.</summary>
    internal sealed class PendingDelivery
    {
        private readonly DeliveryTracker _tracker;

        // One for the transaction itself until it is closed, one for each event without acknowledgement.
        private int _outstanding = 1;

        public PendingDelivery(DeliveryTracker tracker)
        {
            _tracker = tracker;
            OnDelivery = Acknowledge;
        }

        public Action<DeliveryReport<byte[]?, byte[]>> OnDelivery { get; }

        public ulong EndLsn { get; private set; }

        public bool IsDone => Volatile.Read(ref _outstanding) == 0;

        /// <summary>An event is about to be queued.</summary>
        public void Add()
        {
            Interlocked.Increment(ref _outstanding);
            _tracker.CountQueued();
        }

        public void Close(ulong endLsn)
        {
            EndLsn = endLsn;
            Interlocked.Decrement(ref _outstanding);
        }

        private void Acknowledge(DeliveryReport<byte[]?, byte[]> report)
        {
            _tracker.Judge(report);
            Interlocked.Decrement(ref _outstanding);
        }
    }
}
