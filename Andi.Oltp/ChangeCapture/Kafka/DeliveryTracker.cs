using Confluent.Kafka;

namespace Andi.Oltp.ChangeCapture.Kafka;

/// <summary>
/// Knows up to where Kafka has acknowledged everything. Acknowledgements arrive in any order over partitions; the LSN only advances over transactions
/// that are acknowledged whole, in the order of their commits. Used by one thread; only acknowledgements come from others.
/// </summary>
internal sealed class DeliveryTracker
{
    private readonly Queue<PendingDelivery> _pending = new();
    private volatile string? _failure;

    /// <summary>Every transaction that ends at or before this LSN is in Kafka.</summary>
    public ulong AcknowledgedLsn { get; private set; }

    /// <summary>Begins a transaction, behind those begun before.</summary>
    public PendingDelivery Begin()
    {
        var delivery = new PendingDelivery(this);
        _pending.Enqueue(delivery);
        return delivery;
    }

    /// <summary>Moves <see cref="AcknowledgedLsn"/>. Throws <see cref="KafkaException"/> where an event could not be delivered: then all after it must be sent again.</summary>
    public void Advance()
    {
        if (_failure is { } failure)
        {
            throw new KafkaException(new Error(ErrorCode.Local_MsgTimedOut, failure));
        }

        while (_pending.TryPeek(out var first) && first.IsDone)
        {
            AcknowledgedLsn = first.EndLsn;
            _pending.Dequeue();
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

        public void Add() => Interlocked.Increment(ref _outstanding);

        public void Close(ulong endLsn)
        {
            EndLsn = endLsn;
            Interlocked.Decrement(ref _outstanding);
        }

        private void Acknowledge(DeliveryReport<byte[]?, byte[]> report)
        {
            if (report.Error.IsError)
            {
                _tracker._failure = $"An event for {report.Topic} was not delivered: {report.Error.Reason}";
            }

            Interlocked.Decrement(ref _outstanding);
        }
    }
}
