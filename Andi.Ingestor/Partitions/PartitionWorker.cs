using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Works on one partition that this ingestor owns: fills one batch while another one is written. After a failure its <see cref="PartitionSupervisor"/> drops
/// it and takes the partition over anew, from what the ledger says. One thread uses it; the write goes on beside.
/// </summary>
internal sealed class PartitionWorker : IDisposable
{
    private readonly BatchWriter _writer;
    private readonly IngestorOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<LandingTable> _table;
    private readonly HashSet<long> _deadLetters;
    private BatchBuilder _open;
    private BatchBuilder? _written;
    private PendingBatch? _pending;
    private long? _writtenAt;

    /// <param name="ownership">What the take-over gave.</param>
    /// <param name="table">The landing table as it is now; a batch keeps the shape that it was begun with.</param>
    /// <param name="writer">Writes the batches.</param>
    /// <param name="options">Sizes and ages of batches.</param>
    /// <param name="time">Measures ages.</param>
    public PartitionWorker(PartitionOwnership ownership, Func<LandingTable> table, BatchWriter writer, IngestorOptions options, TimeProvider time)
    {
        Ownership = ownership;
        _table = table;
        _writer = writer;
        _options = options;
        _time = time;
        _pending = ownership.Pending;
        _deadLetters = [.. ownership.DeadLetters];
        // What lies between the applied offset and a pending batch held nothing to insert, and its record was lost; it is not read again.
        _open = NewBatch(ownership.Applied with { Offset = StartOffset - 1 });
    }

    public PartitionOwnership Ownership { get; private set; }

    /// <summary>The write that is under way; completed where there is none.</summary>
    public Task Writing { get; private set; } = Task.CompletedTask;

    /// <summary>The offset to read on from: the first that is not applied, which is the first of a pending batch, too.</summary>
    public long StartOffset => Ownership.Pending?.Range.First ?? Ownership.Applied.Offset + 1;

    /// <summary>Rows that wait or are being written.</summary>
    public int HeldRows => _open.Rows + (_written?.Rows ?? 0);

    /// <summary>
    /// Whether the open batch repeats one of an owner before and is not whole yet. It is read on even where there is no room: batches of other partitions,
    /// which hold the room, may have to wait until it is applied.
    /// </summary>
    public bool IsRepeating => _pending is not null && !IsOpenFull;

    /// <summary>Whether the open batch can take no more while the one before is still being written.</summary>
    public bool IsFull => IsOpenFull && _written is not null;

    /// <summary>
    /// Whether the open batch has reached its end, so that it should be written before more is taken in. A pending batch ends exactly where its first
    /// writer ended it, whatever its size.
    /// </summary>
    public bool IsOpenFull => _pending is { } pending
        ? _open.Progress.Offset >= pending.Range.Last
        : _open.Rows >= _options.MaxBatchRows || _open.Bytes >= _options.MaxBatchBytes;

    /// <summary>Whether everything that was taken has been written or recorded; part of a pending batch is left to the next owner.</summary>
    public bool IsDrained => _written is null && (_open.IsEmpty || _pending is not null);

    /// <summary>Takes a message into the open batch. One that was seen already, after a seek, is skipped.</summary>
    public void Take(ConsumeResult<byte[]?, byte[]?> message)
    {
        if (message.Offset <= _open.Progress.Offset)
        {
            return;
        }

        if (message.Offset != _open.Progress.Offset + 1)
        {
            throw new MissingOffsetsException(message.TopicPartitionOffset, _open.Progress.Offset + 1);
        }

        if (IsOpenFull)
        {
            throw new InvalidOperationException($"{message.TopicPartition} was given a message although its batch is full.");
        }

        _open.Add(message);
    }

    /// <summary>
    /// Starts to write the open batch where it is due and nothing else is being written. Throws what the write before failed with.
    /// </summary>
    /// <param name="reader">Tells how many messages are still to come.</param>
    /// <param name="isStopped">Whether no more messages are taken for the time being.</param>
    /// <param name="isDraining">Whether no more messages are taken at all.</param>
    public void Step(IPartitionReader reader, bool isStopped, bool isDraining, CancellationToken cancellationToken)
    {
        if (_written is not null && Writing.IsCompleted)
        {
            _written = null;
            Writing.GetAwaiter().GetResult();
            Ownership = Ownership with { RevokedThrough = Ownership.Fence - 1 };
        }

        if (_written is null && !_open.IsEmpty && (_open.HasContent || _pending is not null) && IsDue(reader, isStopped, isDraining))
        {
            Write(cancellationToken);
        }
    }

    /// <summary>Progress without rows that is old enough to be noted, if there is any; then it is taken as noted.</summary>
    public PartitionProgress? TakeIdleProgress(bool isDraining)
    {
        if (_written is not null || _pending is not null || _open.IsEmpty || _open.HasContent || !(isDraining || _open.Age >= _options.MaxBatchAge))
        {
            return null;
        }

        var progress = _open.Progress;
        _open.Dispose();
        _open = NewBatch(progress);
        return progress;
    }

    /// <summary>Drops the open batch. One that is being written finishes by itself.</summary>
    public void Dispose() => _open.Dispose();

    private void Write(CancellationToken cancellationToken)
    {
        _writtenAt = _time.GetTimestamp();
        var batch = _written = _open;
        _pending = null;
        var applied = batch.Applied;
        _deadLetters.UnionWith(applied.Failed.Keys);
        _deadLetters.ExceptWith(applied.Replayed);
        _open = NewBatch(batch.Progress);
        Writing = WriteAsync(batch, cancellationToken);
    }

    private async Task WriteAsync(BatchBuilder batch, CancellationToken cancellationToken)
    {
        using (batch)
        {
            await _writer.WriteAsync(Ownership, batch, cancellationToken);
        }
    }

    // A repeat makes its rows in the shape in which they were made first: in another one a message might fit that did not then, and its rows would be
    // dropped with the others that the token stands for.
    private BatchBuilder NewBatch(PartitionProgress applied)
    {
        var table = _pending?.Columns is { } columns ? _table().WithColumns(columns) : _table();
        return new BatchBuilder(table, Ownership, applied, _deadLetters, _pending?.Refused ?? PendingBatch.NoneRefused, _time);
    }

    // A batch of no rows and a pending range is possible too: all of it were dead letters, or was dropped. It is due when it is complete.
    private bool IsDue(IPartitionReader reader, bool isStopped, bool isDraining) => _pending is not null
        ? IsOpenFull
        : isDraining || IsOpenFull || (IsOldEnough(reader, isStopped) && MayInsertAgain);

    private bool MayInsertAgain => _writtenAt is not { } before || _time.GetElapsedTime(before) >= _options.MinInsertInterval;

    private bool IsOldEnough(IPartitionReader reader, bool isStopped) =>
        _open.Age >= (!isStopped && CanBeFilled(reader) ? _options.MaxBacklogBatchAge : _options.MaxBatchAge);

    private bool CanBeFilled(IPartitionReader reader) =>
        reader.CountBehind(new TopicPartition(Ownership.Topic, Ownership.Partition), _open.Progress.Offset) >= _options.MaxBatchRows - _open.Rows;
}

/// <summary>
/// Kafka handed out a later message than the next one. An ordinary topic has no gaps, so events are gone (retention) or were passed over, and going on
/// would leave a hole.
/// </summary>
internal sealed class MissingOffsetsException(TopicPartitionOffset found, long expected)
    : Exception(
        $"{found.TopicPartition}: the next message is at offset {found.Offset.Value}, expected {expected}. "
        + "Events are missing; if Kafka no longer has them, run resync.");
