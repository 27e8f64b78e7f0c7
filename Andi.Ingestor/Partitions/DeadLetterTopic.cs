using System.Text;
using Andi.ChangeEvents;
using Andi.Kafka;
using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Keeps dead letters in a topic of their own. The key is the place of the original message, so that one that is sent twice (a batch that was repeated)
/// is known as the same.
/// </summary>
internal sealed class DeadLetterTopic : IDeadLetterSink, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly string _topic;

    public DeadLetterTopic(KafkaConnection connection, ILogger<DeadLetterTopic> logger)
    {
        _topic = connection.DeadLetterTopic;
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig(connection.ProducerSettings())).ReconnectTo(connection, logger).Build();
    }

    /// <summary>Returns once Kafka has all of them. Throws <see cref="TimeoutException"/> or <see cref="KafkaException"/>.</summary>
    public async Task SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var sends = letters.Select(letter => _producer.ProduceAsync(
            _topic,
            new Message<byte[], byte[]>
            {
                Key = Encoding.UTF8.GetBytes($"{letter.Topic}/{letter.Partition}/{letter.Offset}"),
                Value = letter.ToBytes(),
            },
            cancellationToken));
        await Task.WhenAll(sends).WaitAsync(Timeout, cancellationToken);
    }

    public void Dispose() => _producer.Dispose();
}

/// <summary>Where messages go, whole, that cannot be ingested. A topic in the product, a model in the simulation.</summary>
internal interface IDeadLetterSink
{
    /// <summary>Returns once all of them are kept. Sending one again is no harm: it is known by the place of the original.</summary>
    Task SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
