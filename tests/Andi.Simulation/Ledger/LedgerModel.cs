using Andi.Ingestor.Ledger;
using Andi.Simulation.Kafka;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Ledger;

/// <summary>
/// The ledger's database: each method is one statement of Andi.Ingestor/Ledger/Sql, atomic as PostgreSQL makes it. The virtual ones are what a proof of
/// the proof takes away.
/// </summary>
internal class LedgerModel
{
    private readonly PartitionRecord?[] _partitions;
    private readonly WorldPlan _plan;
    private readonly FaultCounts _faults;

    public LedgerModel(WorldPlan plan, FaultCounts faults)
    {
        _plan = plan;
        _faults = faults;
        _partitions = new PartitionRecord?[plan.Partitions];
    }

    /// <summary>Whether somebody holds ingest.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Null until the partition was taken over for the first time.</summary>
    public PartitionRecord? this[int partition] => _partitions[partition];

    public virtual PartitionOwnership TakeOver(int partition)
    {
        var record = _partitions[partition] ??= new PartitionRecord();
        record.Fence++;
        if (record.Pending is not null)
        {
            _faults.Count(Fault.PendingBatchTakenOver);
        }

        return new PartitionOwnership(
            TopicLog.Topic, partition, 1, record.Fence, record.RevokedThrough, record.Applied, record.Pending,
            [.. record.DeadLetters.Where(letter => !letter.Value).Select(letter => letter.Key)]);
    }

    /// <summary>False where the partition belongs to another ingestor now.</summary>
    public bool NoteRevoked(PartitionOwnership by)
    {
        var record = Find(by);
        if (IsOwner(record, by))
        {
            record.RevokedThrough = Math.Max(record.RevokedThrough, by.Fence - 1);
            return true;
        }

        _faults.Count(Fault.FencedOff);
        return false;
    }

    public virtual Declaration Declare(PartitionOwnership by, PendingBatch batch)
    {
        var record = Find(by);
        if (!IsOwner(record, by))
        {
            _faults.Count(Fault.FencedOff);
            return Declaration.FencedOff;
        }

        if (record.Pending is { } pending)
        {
            // The statement refuses it; but an owner who knows what is pending never asks.
            return pending.Range == batch.Range
                ? Declaration.Declared
                : throw new SimulationFailure($"Partition {by.Partition} announced {batch.Range} although {pending.Range} is pending.");
        }

        var inserts = _partitions.Sum(other => other?.Inserts ?? 0);
        var isLimited = _partitions.Any(other => other is { Pending: not null } && inserts - other.PendingSince >= InsertsWhilePending);
        if (IsHeld || isLimited)
        {
            _faults.Count(isLimited ? Fault.BatchHeldByLimit : Fault.BatchHeld);
            return Declaration.Held;
        }

        if (batch.Range.First <= record.Applied.Offset)
        {
            throw new SimulationFailure($"Partition {by.Partition} announced {batch.Range} although it is applied through {record.Applied.Offset}.");
        }

        record.Pending = batch;
        record.PendingSince = inserts;
        return Declaration.Declared;
    }

    /// <summary>False where the partition belongs to another ingestor now, or the batch is no longer pending.</summary>
    public virtual bool NoteRefused(PartitionOwnership by, OffsetRange batch, IReadOnlyDictionary<long, string> reasons)
    {
        var record = Find(by);
        if (!IsOwner(record, by) || record.Pending is not { } pending || pending.Range != batch)
        {
            _faults.Count(Fault.FencedOff);
            return false;
        }

        record.Pending = pending with { Refused = pending.Refused.Concat(reasons).ToDictionary() };
        return true;
    }

    public virtual bool MarkApplied(PartitionOwnership by, AppliedBatch batch)
    {
        var record = Find(by);
        if (!IsOwner(record, by) || !IsPending(record, batch))
        {
            _faults.Count(Fault.FencedOff);
            return false;
        }

        Move(by.Partition, record, batch.Progress);
        record.Inserts += batch.Inserts;
        record.Pending = null;
        foreach (var offset in batch.Failed.Keys)
        {
            if (record.DeadLetters.ContainsKey(offset))
            {
                _faults.Count(Fault.ReplayFailedAgain);
            }

            record.DeadLetters[offset] = batch.Replayed.Contains(offset);
        }

        foreach (var offset in batch.Replayed)
        {
            if (record.DeadLetters.ContainsKey(offset))
            {
                record.DeadLetters[offset] = true;
            }
        }

        return true;
    }

    /// <summary>False where the partition belongs to another ingestor now.</summary>
    public bool AdvanceIdle(PartitionOwnership by, PartitionProgress progress)
    {
        var record = Find(by);
        if (!IsOwner(record, by))
        {
            _faults.Count(Fault.FencedOff);
            return false;
        }

        if (record.Pending is null && record.Applied.Offset < progress.Offset)
        {
            Move(by.Partition, record, progress);
        }

        return true;
    }

    /// <summary>How many inserts may be confirmed while a batch is pending.</summary>
    protected virtual long InsertsWhilePending => _plan.InsertsWhilePending;

    protected virtual bool IsOwner(PartitionRecord record, PartitionOwnership by) => record.Fence == by.Fence;

    protected virtual bool IsPending(PartitionRecord record, AppliedBatch batch) => record.Pending?.Range.Last == batch.Progress.Offset;

    private static void Move(int partition, PartitionRecord record, PartitionProgress to)
    {
        if (to.Offset < record.Applied.Offset || to.Position < record.Applied.Position)
        {
            throw new SimulationFailure($"The progress of partition {partition} went back from {record.Applied} to {to}.");
        }

        record.Applied = to;
    }

    private PartitionRecord Find(PartitionOwnership by) => _partitions[by.Partition]!;
}
