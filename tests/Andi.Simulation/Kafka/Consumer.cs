using Andi.Ingestor.Partitions;
using Confluent.Kafka;

namespace Andi.Simulation.Kafka;

/// <summary>One ingestor's consumer: reads its partitions in order, from where it is told, unless it is told to pause.</summary>
internal sealed class Consumer(TopicLog log) : IPartitionReader
{
    private readonly Dictionary<int, long> _next = [];
    private readonly HashSet<int> _paused = [];
    private readonly List<int> _readable = [];

    public IReadOnlyCollection<int> Assigned => _next.Keys;

    public void Assign(int partition, long offset) => _next[partition] = offset;

    /// <summary>A partition that is paused stays so, as in Kafka's own client, should it come back.</summary>
    public void Unassign(int partition) => _next.Remove(partition);

    /// <summary>The partitions that have a message to give; valid until the next call.</summary>
    public IReadOnlyList<int> Readable()
    {
        _readable.Clear();
        foreach (var (partition, next) in _next)
        {
            if (next < log[partition].Count && !_paused.Contains(partition))
            {
                _readable.Add(partition);
            }
        }

        return _readable;
    }

    public ConsumeResult<byte[]?, byte[]?> Read(int partition)
    {
        var offset = _next[partition]++;
        return new ConsumeResult<byte[]?, byte[]?>
        {
            TopicPartitionOffset = new TopicPartitionOffset(TopicLog.Topic, partition, offset),
            Message = new Message<byte[]?, byte[]?> { Value = log[partition][(int)offset].Value },
        };
    }

    public void Seek(TopicPartitionOffset to) => _next[to.Partition] = to.Offset;

    public void Pause(TopicPartition partition) => _paused.Add(partition.Partition);

    public void Resume(TopicPartition partition) => _paused.Remove(partition.Partition);

    public long CountBehind(TopicPartition partition, long offset) => log[partition.Partition].Count - offset - 1;
}
