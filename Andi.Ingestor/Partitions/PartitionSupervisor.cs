using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Supervises the worker of one assigned partition. After a failure it drops the worker, waits longer from one failure to the next, takes the partition over
/// again and reads on from where the ledger says. It pauses reading while there is no room.
/// </summary>
internal sealed class PartitionSupervisor(
    TopicPartition partition, PartitionFactory factory, IngestorOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private PartitionWorker? _worker;
    private int _failures;
    private long _failedAt;
    // Unknown at first: Kafka's client keeps a partition paused that was paused when it was released, and is assigned again.
    private bool? _isPaused;
    private bool _isRetired;

    /// <summary>Why the partition is not being ingested; null where it is.</summary>
    public string? Failure { get; private set; }

    /// <summary>The fencing token that it writes with; 0 while it has none.</summary>
    public long Fence => _worker?.Ownership.Fence ?? 0;

    public long StartOffset => _worker?.StartOffset ?? 0;

    public int HeldRows => _worker?.HeldRows ?? 0;

    public bool IsDrained => _worker is null || _worker.IsDrained;

    /// <summary>The write that is under way; completed where there is none.</summary>
    public Task Writing => _worker?.Writing ?? Task.CompletedTask;

    /// <summary>Takes a message in; says whether the partition wants its next step at once.</summary>
    public bool Deliver(ConsumeResult<byte[]?, byte[]?> message)
    {
        try
        {
            _worker?.Take(message);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return _worker is null || _worker.IsOpenFull;
    }

    public void TryTakeOver()
    {
        try
        {
            _worker = factory.TakeOver(partition);
            Failure = null;
            logger.PartitionTaken(partition.Topic, partition.Partition, _worker.Ownership.Fence, _worker.StartOffset);
        }
        catch (RetiredGenerationException)
        {
            _isRetired = true;
            Failure = null;
            logger.PartitionRetired(partition.Topic, partition.Partition);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public void Step(IPartitionReader reader, bool hasRoom, bool isDraining, CancellationToken cancellationToken)
    {
        try
        {
            if (_worker is null && !_isRetired && !isDraining && time.GetElapsedTime(_failedAt) >= RetryDelay())
            {
                TryTakeOver();
                if (_worker is not null)
                {
                    reader.Seek(new TopicPartitionOffset(partition, _worker.StartOffset));
                }
            }

            _worker?.Step(reader, isStopped: _isPaused == true, isDraining, cancellationToken);
            if (_failures > 0 && _worker is not null && time.GetElapsedTime(_failedAt) > options.MaxRetryDelay * 2)
            {
                _failures = 0;
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        PauseOrResume(reader, mustPause: _worker is null || _worker.IsFull || (!hasRoom && _worker.HeldRows > 0 && !_worker.IsRepeating));
    }

    public (PartitionOwnership Ownership, PartitionProgress Progress)? TakeIdleProgress(bool isDraining) =>
        _worker?.TakeIdleProgress(isDraining) is { } progress ? (_worker.Ownership, progress) : null;

    public void Dispose() => _worker?.Dispose();

    /// <summary>
    /// Drops the worker and its open batch, and waits before the next take-over. A write that is under way may still arrive: the take-over revokes its
    /// fence, and what it had announced is repeated with the same token.
    /// </summary>
    public void Fail(Exception exception)
    {
        _worker?.Dispose();
        _worker = null;
        // Each refusal brings the partition further: the next one needs no longer wait.
        _failures = exception is RefusedRowsException ? 1 : _failures + 1;
        _failedAt = time.GetTimestamp();
        var before = Failure;
        Failure = $"{partition.Topic} [{partition.Partition.Value}]: {exception.Message}";
        switch (exception)
        {
            case RefusedRowsException refusal:
                logger.RowsRefused(partition.Topic, partition.Partition, refusal.Message);
                break;

            // A state, which health tells of, rather than a failure: it may last for days.
            case NoLandingTableException:
                if (before != Failure)
                {
                    logger.NoLandingTable(partition.Topic, partition.Partition);
                }

                break;

            default:
                logger.PartitionFailed(exception, partition.Topic, partition.Partition, _failures, RetryDelay());
                break;
        }
    }

    private TimeSpan RetryDelay() =>
        TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, Math.Min(_failures, 16)), options.MaxRetryDelay.TotalMilliseconds));

    private void PauseOrResume(IPartitionReader reader, bool mustPause)
    {
        if (mustPause == _isPaused)
        {
            return;
        }

        if (mustPause)
        {
            reader.Pause(partition);
        }
        else
        {
            reader.Resume(partition);
        }

        _isPaused = mustPause;
    }
}
