using Andi.Positions;
using Andi.Simulation.Kafka;
using Andi.Simulation.Ledger;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Source;
using Andi.Simulation.Warehouse;

namespace Andi.Simulation.Checks;

/// <summary>The world is at rest: everything must be exactly right, and every offset accounted for exactly once.</summary>
internal static class FinalCheck
{
    public static void Run(World world)
    {
        for (var partition = 0; partition < world.Plan.Partitions; partition++)
        {
            if (world.Ledger[partition] is not { } record)
            {
                throw new SimulationFailure($"Nobody ever took partition {partition} over.");
            }

            var last = EveryOffset(world, partition, record);
            if (record.Applied.Position != last)
            {
                throw new SimulationFailure($"Partition {partition} is applied at {record.Applied}, its last position is {last}.");
            }

            var state = SourceState.At(world, partition, last);
            Differences.OfLanded(world, partition, state, []);
            Differences.OfFacts(world, partition, state, []);
            Differences.OfAggregate(world, partition, state);
        }
    }

    /// <summary>Goes through the log as it is, and says of each message what must have become of it. Returns the last position.</summary>
    private static Position EveryOffset(World world, int partition, PartitionRecord record)
    {
        var landed = world.Warehouse.Landed.Where(row => row.Partition == partition).ToLookup(row => row.Offset);
        var replayedAt = new HashSet<long>();
        var position = Position.None;
        for (var offset = 0; offset < world.Log[partition].Count; offset++)
        {
            var entry = world.Log[partition][offset];
            var rows = landed[offset].ToList();
            var isDeadLetter = record.DeadLetters.ContainsKey(offset);
            if (entry.ReplayOf is { } original)
            {
                Replay(world.Log[partition], record, original, rows, replayedAt, offset);
                Require(!isDeadLetter, offset, "a replay is a dead letter of its own");
            }
            else if (entry.Source is { Form: MessageForm.Broken })
            {
                Require(isDeadLetter && rows.Count == 0, offset, "a broken message is not a dead letter, or left rows");
                Require(world.DeadLetters.Letters.ContainsKey((partition, offset)), offset, "the dead letter is not in its topic");
            }
            else if (entry.Source!.Position <= position)
            {
                world.Faults.Count(Fault.DuplicateDropped);
                Require(!isDeadLetter && rows.Count == 0, offset, "a duplicate was taken in");
            }
            else
            {
                position = entry.Source.Position;
                Fresh(entry.Source, rows, isDeadLetter, offset);
            }
        }

        Require(record.DeadLetters.All(letter => letter.Value == replayedAt.Contains(letter.Key)), -1, "a dead letter is noted as replayed without rows");
        return position;
    }

    private static void Fresh(SourceMessage message, List<LandedRow> rows, bool isDeadLetter, long offset)
    {
        if (isDeadLetter)
        {
            Require(message.Form == MessageForm.TooWide && rows.Count == 0, offset, "a message that fits is a dead letter, or a dead letter left rows");
        }
        else if (message.Operation == 't')
        {
            Require(rows.TrueForAll(row => row.Position == message.Position), offset, "a truncation left rows at another position");
        }
        else
        {
            AreRowsOf(message, rows, offset);
        }
    }

    private static void Replay(
        IReadOnlyList<LogEntry> log, PartitionRecord record, long original, List<LandedRow> rows, HashSet<long> replayedAt, long offset)
    {
        if (rows.Count > 0)
        {
            Require(record.DeadLetters.TryGetValue(original, out var isReplayed) && isReplayed, offset, "a replay left rows and is not noted");
            Require(replayedAt.Add(original), offset, "a dead letter was replayed twice");
            AreRowsOf(log[(int)original].Source!, rows, offset);
        }
    }

    private static void AreRowsOf(SourceMessage message, List<LandedRow> rows, long offset)
    {
        var before = rows.FindAll(row => row.Sign == -1).ConvertAll(row => (SourceRow?)row.Row);
        var after = rows.FindAll(row => row.Sign == 1).ConvertAll(row => (SourceRow?)row.Row);
        List<SourceRow?> expectedBefore = message.Before is null ? [] : [message.Before];
        List<SourceRow?> expectedAfter = message.After is null ? [] : [message.After];
        Require(
            before.SequenceEqual(expectedBefore) && after.SequenceEqual(expectedAfter) && rows.TrueForAll(row => row.Position == message.Position),
            offset,
            $"{message} left {string.Join(", ", rows)}");
    }

    private static void Require(bool isRight, long offset, string what)
    {
        if (!isRight)
        {
            throw new SimulationFailure($"Offset {offset}: {what}.");
        }
    }
}
