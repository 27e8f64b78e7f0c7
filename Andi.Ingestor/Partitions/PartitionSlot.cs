using Andi.Ingestor.Ownership;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// The place of an assigned partition: holds its ingest while all goes well; after a failure waits, growing longer from try to try, takes the partition
/// over again and reads on from where the ledger says. Pauses reading while there is no room.
/// </summary>
internal sealed class PartitionSlot(TopicPartition partition, PartitionSource source, IngestorOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private PartitionIngest? _ingest;
    private int _failures;
    private long _failedAt;
    // Unknown at first: Kafka's client keeps a partition paused that was paused when it was let go, and comes back.
    private bool? _isPaused;
    private bool _isRetired;

    /// <summary>Why the partition stands still, if it does.</summary>
    public string? Failure { get; private set; }

    /// <summary>The fencing token that it writes with; 0 while it has none.</summary>
    public long Fence => _ingest?.Ownership.Fence ?? 0;

    public long StartOffset => _ingest?.StartOffset ?? 0;

    public int HeldRows => _ingest?.HeldRows ?? 0;

    public bool IsDrained => _ingest is null || _ingest.IsDrained;

    /// <summary>The write that is under way; completed where there is none.</summary>
    public Task Writing => _ingest?.Writing ?? Task.CompletedTask;

    /// <summary>Takes a message in; says whether the partition wants its next step at once.</summary>
    public bool Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        try
        {
            _ingest?.Add(message);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return _ingest is null || _ingest.IsOpenFull;
    }

    public void TryTakeOver()
    {
        try
        {
            _ingest = source.TakeOver(partition);
            Failure = null;
            logger.PartitionTaken(partition.Topic, partition.Partition, _ingest.Ownership.Fence, _ingest.StartOffset);
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
            if (_ingest is null && !_isRetired && !isDraining && time.GetElapsedTime(_failedAt) >= RetryDelay())
            {
                TryTakeOver();
                if (_ingest is not null)
                {
                    reader.Seek(new TopicPartitionOffset(partition, _ingest.StartOffset));
                }
            }

            _ingest?.Step(reader, isStopped: _isPaused == true, isDraining, cancellationToken);
            if (_failures > 0 && _ingest is not null && time.GetElapsedTime(_failedAt) > options.MaxRetryDelay * 2)
            {
                _failures = 0;
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        PauseOrResume(reader, mustPause: _ingest is null || _ingest.IsFull || (!hasRoom && _ingest.HeldRows > 0 && !_ingest.IsRepeating));
    }

    public (PartitionOwnership Ownership, PartitionProgress Progress)? TakeIdleProgress(bool isDraining) =>
        _ingest?.TakeIdleProgress(isDraining) is { } progress ? (_ingest.Ownership, progress) : null;

    public void Dispose() => _ingest?.Dispose();

    /// <summary>
    /// Gives up what is open and waits before the next take-over. A write that is under way may still arrive: the take-over revokes its fence, and what it
    /// had announced is repeated with the same token.
    /// </summary>
    public void Fail(Exception exception)
    {
        _ingest?.Dispose();
        _ingest = null;
        _failures++;
        _failedAt = time.GetTimestamp();
        Failure = $"{partition.Topic} [{partition.Partition.Value}]: {exception.Message}";
        logger.PartitionFailed(exception, partition.Topic, partition.Partition, RetryDelay(), _failures);
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
