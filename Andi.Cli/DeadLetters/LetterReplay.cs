using System.Text;
using Andi.ChangeEvents;
using Andi.Cli.Kafka;
using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.Cli.DeadLetters;

/// <summary>
/// Sends a dead letter through its partition again, as a replay message, and waits until the ingestor has taken it in or failed on it again. It may be sent
/// several times: the ingestor takes it in once.
/// </summary>
/// <param name="patience">How long the ingestor may take.</param>
internal sealed class LetterReplay(LedgerLetters ledger, KafkaConnection kafka, TimeSpan timeout) : IDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(30);

    private readonly IProducer<byte[]?, byte[]> _producer =
        new ProducerBuilder<byte[]?, byte[]>(new ProducerConfig(kafka.ProducerSettings())).LogTo(NullLogger.Instance).Build();

    /// <param name="known">As the ledger has it; outstanding.</param>
    /// <param name="whole">The message; null where the dead-letter topic has it no more.</param>
    public async Task<ReplayOutcome> RunAsync(LedgerLetter known, DeadLetter? whole, CancellationToken cancellationToken)
    {
        var place = known.Place.ToString();
        if (whole is null)
        {
            return new ReplayOutcome(place, false, $"{kafka.DeadLetterTopic} no longer has the message.");
        }

        if (whole.Value is null)
        {
            return new ReplayOutcome(place, false, "The message has no value, so there is nothing to replay.");
        }

        if (whole.Value.Length == 0)
        {
            return new ReplayOutcome(place, false, "The message's value is empty, so there is nothing to replay.");
        }

        long sentAt;
        try
        {
            var sent = await _producer.ProduceAsync(
                new TopicPartition(known.Place.Topic, known.Place.Partition),
                new Message<byte[]?, byte[]> { Key = whole.Key, Value = new ReplayMessage(known.Place.Offset, whole.Value).ToBytes() },
                cancellationToken).WaitAsync(SendLimit, cancellationToken);
            sentAt = sent.Offset;
        }
        catch (Exception exception) when (exception is KafkaException or TimeoutException)
        {
            return new ReplayOutcome(place, false, $"Kafka did not accept the replay: {exception.Message}");
        }

        return await WaitAsync(known, sentAt, cancellationToken);
    }

    public void Dispose() => _producer.Dispose();

    private async Task<ReplayOutcome> WaitAsync(LedgerLetter known, long sentAt, CancellationToken cancellationToken)
    {
        var place = known.Place.ToString();
        var deadline = TimeProvider.System.GetUtcNow() + timeout;
        while (TimeProvider.System.GetUtcNow() < deadline)
        {
            // Asked first: once the replay's own offset is applied, what became of it is in the ledger.
            var applied = await ledger.AppliedAsync(known.Place, cancellationToken);
            var now = await ledger.FindAsync(known.Place, cancellationToken);
            if (now?.ReplayedAt is not null)
            {
                return new ReplayOutcome(place, true, null);
            }

            if (applied >= sentAt)
            {
                return new ReplayOutcome(place, false, now is null ? "The ledger does not know it any more." : $"It failed again: {now.Reason}");
            }

            await Task.Delay(PollEvery, cancellationToken);
        }

        return new ReplayOutcome(place, false, $"The ingestor did not reach the replay (offset {sentAt}) within {timeout.TotalSeconds:0} s. Is it running? "
            + $"The replay is ingested once it does.");
    }
}

/// <summary>Finds whole messages in the dead-letter topic, by reading all of it: it is short, or something is badly wrong.</summary>
internal sealed class LetterTopic(KafkaConnection kafka)
{
    /// <summary>The letters of these places that are still there; of one that was sent several times the last.</summary>
    /// <exception cref="CommandFailure">Kafka does not answer.</exception>
    public IReadOnlyDictionary<MessagePlace, DeadLetter> Find(IReadOnlyCollection<MessagePlace> places, CancellationToken cancellationToken)
    {
        var wanted = places.ToDictionary(place => place.ToString());
        var found = new Dictionary<MessagePlace, DeadLetter>();
        using var messages = new PartitionMessages(kafka);
        foreach (var partition in messages.PartitionsOf(kafka.DeadLetterTopic))
        {
            var (first, end) = messages.Range(partition);
            foreach (var message in messages.Read(partition, first, end - 1, cancellationToken))
            {
                if (wanted.TryGetValue(Encoding.UTF8.GetString(message.Message.Key ?? []), out var place)
                    && DeadLetter.Read(message.Message.Value) is { } letter)
                {
                    found[place] = letter;
                }
            }
        }

        return found;
    }
}
