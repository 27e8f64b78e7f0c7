using Andi.Ingestor.Landing;
using Andi.Ingestor.Ownership;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// One partition that this ingestor owns: fills one batch while another one is written, and knows where it stands. A failure gives the batch up; the
/// partition is then taken over anew, from what the ledger says. Used by the consuming thread only; writing runs beside it.
/// </summary>
internal sealed class PartitionIngest : IDisposable
{
    private readonly BatchWriter _writer;
    private readonly IngestorOptions _options;
    private readonly TimeProvider _time;
    private readonly LandingTable _table;
    private OpenBatch _open;
    private OpenBatch? _written;
    private Task? _writing;
    private OffsetRange? _pending;

    public PartitionIngest(PartitionOwnership ownership, LandingTable table, BatchWriter writer, IOptions<IngestorOptions> options, TimeProvider time)
    {
        Ownership = ownership;
        _table = table;
        _writer = writer;
        _options = options.Value;
        _time = time;
        _pending = ownership.Pending;
        Partition = new TopicPartition(ownership.Topic, ownership.Partition);
        _open = new OpenBatch(table, Partition, ownership.Applied, time);
    }

    public TopicPartition Partition { get; }

    public PartitionOwnership Ownership { get; }

    /// <summary>The offset to read on from: the first that is not applied, which is the first of a pending batch, too.</summary>
    public long StartOffset => Ownership.Pending?.First ?? Ownership.Applied.Offset + 1;

    /// <summary>Rows that wait or are being written.</summary>
    public int HeldRows => _open.Rows.Rows + (_written?.Rows.Rows ?? 0);

    /// <summary>Whether the open batch can take no more while the one before is still being written.</summary>
    public bool IsFull => IsOpenFull && _writing is not null;

    /// <summary>
    /// Whether the open batch has reached its end, so that it should be written before more is taken in. A pending batch ends exactly where its first
    /// writer ended it, whatever its size.
    /// </summary>
    public bool IsOpenFull => _pending is { } pending
        ? _open.Progress.Offset >= pending.Last
        : _open.Rows.Rows >= _options.MaxBatchRows || _open.Bytes >= _options.MaxBatchBytes;

    /// <summary>Whether everything that was taken in has been written or noted; part of a pending batch is left to the next owner.</summary>
    public bool IsDrained => _writing is null && (_open.IsEmpty || _pending is not null);

    /// <summary>Takes a message in. One that was seen already, after a seek, is passed over.</summary>
    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        if (message.Offset <= _open.Progress.Offset)
        {
            return;
        }

        if (IsOpenFull)
        {
            throw new InvalidOperationException($"{Partition} was given a message although its batch is full.");
        }

        _open.Add(message);
    }

    /// <summary>
    /// Starts to write the open batch where it is due and nothing else is being written. Throws what the write before failed with.
    /// </summary>
    public void Step(bool isDraining, CancellationToken cancellationToken)
    {
        if (_writing is { IsCompleted: true } done)
        {
            _writing = null;
            _written!.Dispose();
            _written = null;
            done.GetAwaiter().GetResult();
        }

        if (_writing is null && !_open.IsEmpty && (_open.HasContent || _pending is not null) && IsDue(isDraining))
        {
            _written = _open;
            _pending = null;
            _open = new OpenBatch(_table, Partition, _written.Progress, _time);
            _writing = Task.Run(() => _writer.WriteAsync(Ownership, _written, cancellationToken), CancellationToken.None);
        }
    }

    /// <summary>Progress without rows that is old enough to be noted, if there is any; then it is taken as noted.</summary>
    public PartitionProgress? TakeIdleProgress(bool isDraining)
    {
        if (_writing is not null || _pending is not null || _open.IsEmpty || _open.HasContent || !(isDraining || _open.Age >= _options.MaxBatchAge))
        {
            return null;
        }

        var progress = _open.Progress;
        _open.Dispose();
        _open = new OpenBatch(_table, Partition, progress, _time);
        return progress;
    }

    /// <summary>Waits for the write that is under way, whatever comes of it, and lets everything go.</summary>
    public void Dispose()
    {
        try
        {
            _writing?.Wait(_options.InsertTimeout);
        }
        catch (AggregateException)
        {
            // Its owner gives the partition up because of this very failure, or no longer cares.
        }

        _written?.Dispose();
        _open.Dispose();
    }

    // A batch of no rows and a pending range is possible too: all of it were dead letters, or was dropped. It is due when it is complete.
    private bool IsDue(bool isDraining) => _pending is not null ? IsOpenFull : isDraining || IsOpenFull || _open.Age >= _options.MaxBatchAge;
}
