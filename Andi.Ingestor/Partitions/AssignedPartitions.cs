using Andi.Ingestor.Ownership;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// The partitions that Kafka's consumer group has given to this ingestor. Knows no Kafka client and has no thread of its own: whoever drives it hands in
/// assignments and messages, and makes it step, all from one thread. Where ownership begins the group says; whether it holds, the ledger.
/// </summary>
internal sealed class AssignedPartitions(PartitionSource source, IPartitionLedger ledger, IngestorOptions options, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<TopicPartition, PartitionSlot> _slots = [];
    private Task<IReadOnlyList<PartitionOwnership>> _noting = Task.FromResult<IReadOnlyList<PartitionOwnership>>([]);

    public int Count => _slots.Count;

    /// <summary>Why some partition stands still; null where none does.</summary>
    public string? Failure => _slots.Values.Select(slot => slot.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>Whether everything that was taken in has been written and noted.</summary>
    public bool IsDrained => _noting.IsCompleted && _slots.Values.All(slot => slot.IsDrained);

    /// <summary>Takes the partition over; returns the offset to read from. Blocks while the ledger answers.</summary>
    public long Assign(TopicPartition partition)
    {
        var slot = _slots[partition] = new PartitionSlot(partition, source, options, time, logger);
        slot.TryTakeOver();
        return slot.StartOffset;
    }

    /// <summary>Lets the partition go. Returns the write that is under way: the next owner repeats less if it can come to its end first.</summary>
    public Task Release(TopicPartition partition)
    {
        if (!_slots.Remove(partition, out var slot))
        {
            return Task.CompletedTask;
        }

        slot.Dispose();
        logger.PartitionReleased(partition.Topic, partition.Partition);
        return slot.Writing;
    }

    /// <summary>Takes a message in; says whether its partition wants the next step at once.</summary>
    public bool Add(ConsumeResult<byte[]?, byte[]?> message) => _slots.TryGetValue(message.TopicPartition, out var slot) && slot.Add(message);

    /// <summary>The partition cannot be read on.</summary>
    public void Fail(TopicPartition partition, Exception exception)
    {
        if (_slots.TryGetValue(partition, out var slot))
        {
            slot.Fail(exception);
        }
    }

    /// <summary>Has every partition do what is due: begin or end a write, try again, pause or go on reading, note progress.</summary>
    public void Step(IPartitionReader reader, bool isDraining, CancellationToken cancellationToken)
    {
        var hasRoom = _slots.Values.Sum(slot => slot.HeldRows) < options.MaxOpenRows;
        foreach (var slot in _slots.Values)
        {
            slot.Step(reader, hasRoom, isDraining, cancellationToken);
        }

        NoteIdleProgress(isDraining, cancellationToken);
    }

    private void NoteIdleProgress(bool isDraining, CancellationToken cancellationToken)
    {
        if (!_noting.IsCompleted)
        {
            return;
        }

        foreach (var fencedOff in _noting.Result)
        {
            if (_slots.TryGetValue(new TopicPartition(fencedOff.Topic, fencedOff.Partition), out var slot) && slot.Fence == fencedOff.Fence)
            {
                slot.Fail(new FencedOffException(fencedOff.Topic, fencedOff.Partition));
            }
        }

        var moves = new List<(PartitionOwnership Ownership, PartitionProgress Progress)>();
        foreach (var slot in _slots.Values)
        {
            if (slot.TakeIdleProgress(isDraining) is { } move)
            {
                moves.Add(move);
            }
        }

        if (moves.Count > 0)
        {
            _noting = NoteAsync(moves, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<PartitionOwnership>> NoteAsync(
        List<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.AdvanceIdleAsync(moves, cancellationToken);
        }
        catch (Exception exception)
        {
            // Nothing is lost: the next heartbeat, or batch, notes the progress with its own.
            logger.ProgressNotNoted(exception, moves.Count);
            return [];
        }
    }
}
