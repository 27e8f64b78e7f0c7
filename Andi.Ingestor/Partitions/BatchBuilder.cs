using System.Diagnostics;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.ChangeEvents.FastPath;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Builds a batch from a range of a partition's offsets: its rows, its dead letters, and how far the partition is once it is applied. Which of the
/// range's events become rows depends on nothing but the events, the progress before it, the dead letters before it and what the warehouse is known to
/// refuse, so a repeat makes the same rows.
/// </summary>
/// <param name="table">Where the rows go.</param>
/// <param name="ownership">The ownership of the partition.</param>
/// <param name="applied">Where the partition stands before this batch.</param>
/// <param name="outstanding">Offsets of the dead letters before this batch that may be replayed; not changed while it is filled.</param>
/// <param name="refused">Offsets of messages of the batch whose rows the warehouse refuses, with the reason.</param>
/// <param name="time">Measures the batch's age.</param>
internal sealed class BatchBuilder(
    LandingTable table,
    PartitionOwnership ownership,
    PartitionProgress applied,
    IReadOnlySet<long> outstanding,
    IReadOnlyDictionary<long, string> refused,
    TimeProvider time) : IDisposable
{
    private const int MaxTraces = 16;

    private readonly List<BatchStep> _steps = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly Dictionary<long, string> _failed = [];
    private readonly HashSet<long> _replayed = [];
    private readonly List<ActivityContext> _traces = [];
    private readonly long _openedAt = time.GetTimestamp();
    private long _firstOffset = -1;
    private string? _lastTraceParent;

    public LandingTable Table => table;

    /// <summary>What there is to insert, in this order.</summary>
    public IReadOnlyList<BatchStep> Steps => _steps;

    /// <summary>Messages of this batch that cannot be ingested.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => _deadLetters;

    /// <summary>What the ledger records once the whole batch is in the warehouse.</summary>
    public AppliedBatch Applied => new(Progress, _steps.Count, _failed, _replayed);

    /// <summary>The traces of the writes in this batch, at most 16.</summary>
    public IReadOnlyList<ActivityContext> Traces => _traces;

    /// <summary>Where the partition is once this batch is applied.</summary>
    public PartitionProgress Progress { get; private set; } = applied;

    public int Rows { get; private set; }

    /// <summary>Bytes of the messages.</summary>
    public long Bytes { get; private set; }

    /// <summary>Events that were dropped because they had been applied before.</summary>
    public int Replays { get; private set; }

    public TimeSpan Age => time.GetElapsedTime(_openedAt);

    public bool IsEmpty => _firstOffset < 0;

    /// <summary>Whether there is something to write, not only progress to note.</summary>
    public bool HasContent => _steps.Count > 0 || _failed.Count > 0;

    public OffsetRange Range => new(_firstOffset, Progress.Offset);

    public void Add(ConsumeResult<byte[]?, byte[]?> message)
    {
        if (IsEmpty)
        {
            _firstOffset = message.Offset;
        }

        var value = message.Message.Value;
        Bytes += value?.Length ?? 0;
        try
        {
            Add(value ?? throw new MalformedEventException("The message has no value."), message.Offset);
        }
        catch (Exception exception) when (IsOfTheMessage(exception))
        {
            _failed[message.Offset] = exception.Message;
            _deadLetters.Add(new DeadLetter(
                message.Topic, message.Partition, message.Offset, exception.Message, message.Message.Key, value, time.GetUtcNow()));
        }

        Progress = Progress with { Offset = message.Offset };
    }

    public void Dispose()
    {
        foreach (var step in _steps)
        {
            step.Rows?.Dispose();
        }
    }

    private void Add(byte[] value, long offset)
    {
        if (ReplayMessage.TryRead(value, out var replay))
        {
            AddReplay(replay, offset);
            return;
        }

        var change = ReadOwn(value);
        if (change.Source.Position <= Progress.Position)
        {
            // Sent again by the relay after a failure; it was applied, or is in this batch already.
            Replays++;
            return;
        }

        // The event counts as seen from here on, whatever becomes of its row: a dead letter is accounted for, too.
        Progress = new PartitionProgress(offset, change.Source.Position, change.Source.CommittedAtMs, change.Source.IsSnapshot);
        if (change.Operation == 't')
        {
            _steps.Add(new BatchStep(null, new Truncation(change, offset)));

            // A row whose event failed before has been truncated with the others; there is nothing left to replay.
            _replayed.UnionWith(outstanding);
            _replayed.UnionWith(_failed.Keys);
        }
        else if (change.Operation != 'h')
        {
            AppendRows(change, value, offset);
        }
    }

    // It is landed behind the events that followed it, but at its own position: whatever replaced its row since still does.
    private void AddReplay(in ReplayMessage replay, long offset)
    {
        if (!outstanding.Contains(replay.Offset) || _replayed.Contains(replay.Offset))
        {
            Replays++;
            return;
        }

        try
        {
            AddReplayed(replay.Value, offset);
            _failed.Remove(replay.Offset);
            _replayed.Add(replay.Offset);
        }
        catch (Exception exception) when (IsOfTheMessage(exception))
        {
            _failed[replay.Offset] = exception.Message;
        }
    }

    private void AddReplayed(byte[] value, long offset)
    {
        var change = ReadOwn(value);
        if (change.Operation is 't' or 'h')
        {
            throw new MalformedEventException($"An event with op {change.Operation} is not replayed: what it says of its place is no longer true.");
        }

        AppendRows(change, value, offset);
    }

    private ChangeEvent ReadOwn(byte[] value)
    {
        var change = FastEventReader.Read(value);
        return change.Source.Generation == ownership.Generation
            ? change
            : throw new MalformedEventException($"The event is of generation {change.Source.Generation}, its topic of {ownership.Generation}.");
    }

    private void AppendRows(in ChangeEvent change, byte[] value, long offset)
    {
        if (refused.TryGetValue(offset, out var reason))
        {
            throw new MalformedEventException(reason);
        }

        if (_steps is [.., { Rows: { } open }])
        {
            Append(open, change, value, offset);
        }
        else
        {
            // Created only now: most batches of an idle partition have no rows.
            var rows = new LandingBatch(table, ownership.Partition, ownership.Fence, time);
            try
            {
                Append(rows, change, value, offset);
                _steps.Add(new BatchStep(rows, null));
            }
            catch
            {
                rows.Dispose();
                throw;
            }
        }

        NoteTrace(change.Source.TraceParent);
    }

    private void Append(LandingBatch rows, in ChangeEvent change, byte[] value, long offset)
    {
        var before = rows.Rows;
        rows.AppendChange(change, value, offset);
        Rows += rows.Rows - before;
    }

    // Anything else is a failure of the ingestor, and stops the partition.
    private static bool IsOfTheMessage(Exception exception) =>
        exception is MalformedEventException or JsonException or OverflowException or InvalidOperationException;

    private void NoteTrace(string? traceParent)
    {
        if (traceParent is null || traceParent == _lastTraceParent || _traces.Count == MaxTraces)
        {
            return;
        }

        _lastTraceParent = traceParent;
        if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var context))
        {
            _traces.Add(context);
        }
    }
}

/// <summary>One insert of a batch: either rows, or the retraction of all that stand.</summary>
internal readonly record struct BatchStep(LandingBatch? Rows, Truncation? Truncation);
