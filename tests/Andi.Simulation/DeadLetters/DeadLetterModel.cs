using Andi.ChangeEvents;
using Andi.Ingestor.Partitions;
using Andi.Simulation.Ingestors;
using Andi.Simulation.Runs;

namespace Andi.Simulation.DeadLetters;

/// <summary>The dead-letter topic, read as its readers do: by the place of the original message.</summary>
internal sealed class DeadLetterModel(FaultCounts faults)
{
    private readonly SortedDictionary<(int Partition, long Offset), DeadLetter> _letters = [];

    public IReadOnlyDictionary<(int Partition, long Offset), DeadLetter> Letters => _letters;

    public void Keep(DeadLetter letter)
    {
        if (_letters.TryAdd((letter.Partition, letter.Offset), letter))
        {
            faults.Count(Fault.DeadLetterKept);
        }
        else
        {
            faults.Count(Fault.DeadLetterSentAgain);
        }
    }
}

/// <summary>One ingestor's way to the dead-letter topic. Of several letters any number may arrive.</summary>
internal sealed class DeadLetterConnection(DeadLetterModel model, IngestorProcess process) : IDeadLetterSink
{
    public async Task SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var sends = letters.Select(Send).ToList();
        foreach (var send in sends)
        {
            // One by one: Task.WhenAll would come back by way of the thread pool.
            await send;
        }
    }

    private Task<bool> Send(DeadLetter letter) => process.Send($"dead letter {letter.Partition}@{letter.Offset}", () =>
    {
        model.Keep(letter);
        return true;
    });
}
