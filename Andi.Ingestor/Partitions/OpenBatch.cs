using System.Diagnostics;
using System.Text.Json;
using Andi.Ingestor.DeadLetters;
using Andi.Ingestor.Events;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ownership;
using Andi.Positions;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// A range of a partition's offsets that is being filled: its rows, its dead letters, and how far the partition is once it is applied. Which of the
/// range's events become rows depends on nothing but the events and the progress before it, so a repeat makes the same rows.
/// </summary>
internal sealed class OpenBatch(LandingTable table, TopicPartition partition, PartitionProgress applied, TimeProvider time) : IDisposable
{
    private const int MaxTraces = 16;

    private readonly LandingBatch _rows = new(table, partition.Partition, time);
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly List<ActivityContext> _traces = [];
    private readonly long _openedAt = time.GetTimestamp();
    private long _firstOffset = -1;
    private string? _lastTraceParent;

    public LandingBatch Rows => _rows;

    public IReadOnlyList<DeadLetter> DeadLetters => _deadLetters;

    /// <summary>The traces of the writes in here, some of them where there are many.</summary>
    public IReadOnlyList<ActivityContext> Traces => _traces;

    /// <summary>Where the partition is once this batch is applied.</summary>
    public PartitionProgress Progress { get; private set; } = applied;

    /// <summary>Bytes of the messages.</summary>
    public long Bytes { get; private set; }

    public int Replays { get; private set; }

    public TimeSpan Age => time.GetElapsedTime(_openedAt);

    public bool IsEmpty => _firstOffset < 0;

    /// <summary>Whether there is something to write, not only progress to note.</summary>
    public bool HasContent => _rows.Rows > 0 || _deadLetters.Count > 0;

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
        catch (Exception exception) when (exception is MalformedEventException or JsonException or OverflowException or InvalidOperationException)
        {
            _deadLetters.Add(new DeadLetter(
                message.Topic, message.Partition, message.Offset, exception.Message, message.Message.Key, value, time.GetUtcNow()));
        }

        Progress = Progress with { Offset = message.Offset };
    }

    public void Dispose() => _rows.Dispose();

    private void Add(byte[] value, long offset)
    {
        var change = ChangeEventReader.Read(value);
        if (change.Position <= Progress.Position)
        {
            // Sent again by the relay after a failure; it was applied, or is in this batch already.
            Replays++;
            return;
        }

        // Known from here on, whatever becomes of its row: a dead letter is accounted for, too.
        Progress = new PartitionProgress(offset, change.Position, change.Generation, change.CommittedAtMs, IsInSnapshot: change.Operation == 'r');
        if (change.Operation == 't')
        {
            throw new MalformedEventException("TRUNCATE is not taken over into the warehouse yet; delete the rows instead.");
        }

        if (change.Operation != 'h')
        {
            _rows.Append(change, value, offset);
            NoteTrace(change.TraceParent);
        }
    }

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
