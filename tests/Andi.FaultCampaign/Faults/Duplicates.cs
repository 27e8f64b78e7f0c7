using System.Globalization;
using Andi.Kafka;
using Confluent.Kafka;

namespace Andi.FaultCampaign.Faults;

/// <summary>
/// A contiguous run of a partition's events is sent once more to the end of the same partition, in order: as a relay does that was cut off before it had
/// confirmed them (then the run ends at the newest event), or one that starts from far too early.
/// </summary>
/// <param name="Topic">Of the change topics.</param>
/// <param name="Draw">0 to 1: which of its partitions.</param>
/// <param name="Start">0 to 1: where in the partition the run begins.</param>
/// <param name="Length">How many events at most.</param>
/// <param name="UntilNewest">The run is the last <paramref name="Length"/> events instead.</param>
internal sealed record Duplicates(string Topic, double Draw, double Start, int Length, bool UntilNewest) : Fault("duplicates", Topic)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public override string Detail => UntilNewest
        ? $"the last {Length} events once more"
        : string.Create(CultureInfo.InvariantCulture, $"{Length} events from {Start:P0} on once more");

    public override Task RunAsync(FaultSetting setting, CancellationToken cancellationToken) =>
        Task.Run(() => Repeat(setting, cancellationToken), cancellationToken);

    private void Repeat(FaultSetting setting, CancellationToken cancellationToken)
    {
        var kafka = setting.Topology.Kafka;
        try
        {
            using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig(new ClientConfig(kafka.ClientSettings()))
            {
                GroupId = "campaign",
                EnableAutoCommit = false,
                EnablePartitionEof = true,
                AutoOffsetReset = AutoOffsetReset.Error,
            }).SetLogHandler((_, _) => { }).Build();
            var run = Read(consumer, Partition(kafka), cancellationToken);
            Send(kafka, run, cancellationToken);
            setting.Timeline.Note("campaign", run.Count == 0
                ? $"no event of {Topic} to repeat"
                : $"repeated {run.Count} events of {run[0].TopicPartition} from offset {run[0].Offset}");
        }
        catch (KafkaException exception)
        {
            // Another fault has Kafka down; then there is nobody who could repeat.
            setting.Timeline.Note("campaign", $"nothing repeated: {exception.Message}");
        }
    }

    private TopicPartition Partition(KafkaConnection kafka)
    {
        using var admin = new AdminClientBuilder(new ClientConfig(kafka.ClientSettings())).SetLogHandler((_, _) => { }).Build();
        var count = admin.GetMetadata(Topic, Patience).Topics[0].Partitions.Count;
        return new TopicPartition(Topic, (int)(Draw * count));
    }

    private List<ConsumeResult<byte[]?, byte[]?>> Read(IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition, CancellationToken cancellationToken)
    {
        var offsets = consumer.QueryWatermarkOffsets(partition, Patience);
        var (low, high) = (offsets.Low.Value, offsets.High.Value);
        var first = UntilNewest ? Math.Max(low, high - Length) : low + (long)(Start * (high - low));
        consumer.Assign(new TopicPartitionOffset(partition, first));
        var run = new List<ConsumeResult<byte[]?, byte[]?>>();
        while (run.Count < Length && consumer.Consume(Patience) is { IsPartitionEOF: false } message && message.Offset < high)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Add(message);
        }

        return run;
    }

    private static void Send(KafkaConnection kafka, List<ConsumeResult<byte[]?, byte[]?>> run, CancellationToken cancellationToken)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig(new ClientConfig(kafka.ProducerSettings())))
            .SetLogHandler((_, _) => { }).Build();
        foreach (var message in run)
        {
            producer.Produce(message.TopicPartition, new Message<byte[]?, byte[]?> { Key = message.Message.Key, Value = message.Message.Value });
        }

        cancellationToken.ThrowIfCancellationRequested();
        producer.Flush(Patience);
    }
}
