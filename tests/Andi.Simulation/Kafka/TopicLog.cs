using Andi.Simulation.Source;

namespace Andi.Simulation.Kafka;

/// <summary>A message in the topic.</summary>
/// <param name="Value">As it was sent.</param>
/// <param name="Source">The event that it is.</param>
/// <param name="ReplayOf">The offset that it asks to try again.</param>
internal sealed record LogEntry(byte[]? Value, SourceMessage? Source, long? ReplayOf);

/// <summary>The change topic: only ever appended to.</summary>
internal sealed class TopicLog
{
    public const string Topic = "andi.public.things";

    private readonly List<LogEntry>[] _partitions;

    public TopicLog(int partitions) => _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new List<LogEntry>())];

    public IReadOnlyList<LogEntry> this[int partition] => _partitions[partition];

    /// <summary>Returns the message's offset.</summary>
    public long Append(int partition, LogEntry entry)
    {
        _partitions[partition].Add(entry);
        return _partitions[partition].Count - 1;
    }
}
