using System.Text;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.Cli.Kafka;
using Andi.Kafka;

namespace Andi.Cli.DeadLetters;

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
