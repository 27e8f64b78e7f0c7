using Andi.Ingestor.Ledger;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// The partitions that Kafka's consumer group has assigned to this ingestor. It has neither a Kafka client nor a thread: its driver hands in assignments and
/// messages and calls <see cref="Step"/>, all from one thread. The group says where ownership begins; the ledger says whether it still holds.
/// </summary>
internal sealed class AssignedPartitions(PartitionFactory factory, IPartitionLedger ledger, IngestorOptions options, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<TopicPartition, PartitionSupervisor> _supervisors = [];
    private Task<IReadOnlyList<PartitionOwnership>> _noting = Task.FromResult<IReadOnlyList<PartitionOwnership>>([]);

    public int Count => _supervisors.Count;

    /// <summary>Why some partition is not being ingested; null where all are.</summary>
    public string? Failure => _supervisors.Values.Select(supervisor => supervisor.Failure).FirstOrDefault(failure => failure is not null);

    /// <summary>Whether everything that was delivered has been written and recorded.</summary>
    public bool IsDrained => _noting.IsCompleted && _supervisors.Values.All(supervisor => supervisor.IsDrained);

    /// <summary>Takes the partition over; returns the offset to read from. Blocks while the ledger answers.</summary>
    public long Assign(TopicPartition partition)
    {
        var supervisor = _supervisors[partition] = new PartitionSupervisor(partition, factory, options, time, logger);
        supervisor.TryTakeOver();
        return supervisor.StartOffset;
    }

    /// <summary>Releases the partition. Returns the write that is under way: the next owner repeats less if it can finish first.</summary>
    public Task Release(TopicPartition partition)
    {
        if (!_supervisors.Remove(partition, out var supervisor))
        {
            return Task.CompletedTask;
        }

        supervisor.Dispose();
        logger.PartitionReleased(partition.Topic, partition.Partition);
        return supervisor.Writing;
    }

    /// <summary>Hands a message to its partition; returns whether the partition needs the next step at once.</summary>
    public bool Deliver(ConsumeResult<byte[]?, byte[]?> message) =>
        _supervisors.TryGetValue(message.TopicPartition, out var supervisor) && supervisor.Deliver(message);

    /// <summary>Fails the partition, as it cannot be read any further.</summary>
    public void Fail(TopicPartition partition, Exception exception)
    {
        if (_supervisors.TryGetValue(partition, out var supervisor))
        {
            supervisor.Fail(exception);
        }
    }

    /// <summary>Lets every partition do what is due: begin or end a write, retry, pause or resume reading, record progress.</summary>
    public void Step(IPartitionReader reader, bool isDraining, CancellationToken cancellationToken)
    {
        var hasRoom = _supervisors.Values.Sum(supervisor => supervisor.HeldRows) < options.MaxOpenRows;
        foreach (var supervisor in _supervisors.Values)
        {
            supervisor.Step(reader, hasRoom, isDraining, cancellationToken);
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
            if (_supervisors.TryGetValue(new TopicPartition(fencedOff.Topic, fencedOff.Partition), out var supervisor) && supervisor.Fence == fencedOff.Fence)
            {
                supervisor.Fail(new FencedOffException(fencedOff.Topic, fencedOff.Partition));
            }
        }

        var moves = new List<(PartitionOwnership Ownership, PartitionProgress Progress)>();
        foreach (var supervisor in _supervisors.Values)
        {
            if (supervisor.TakeIdleProgress(isDraining) is { } move)
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
            // Nothing is lost: the next heartbeat, or batch, records this progress with its own.
            logger.ProgressNotNoted(exception, moves.Count);
            return [];
        }
    }
}
