using Andi.ChangeEvents;
using Andi.Simulation.Ledger;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Source;
using Andi.Simulation.Warehouse;

namespace Andi.Simulation.Checks;

/// <summary>
/// Goes through a partition's messages as they are in Kafka, and says of each what must have become of it in the landing table and the ledger.
/// </summary>
internal sealed class OffsetAudit(World world, int partition, PartitionRecord record)
{
    private readonly ILookup<long, LandedRow> _landed = world.Warehouse.Landed.Where(row => row.Partition == partition).ToLookup(row => row.Offset);
    private readonly Dictionary<SourceRow, int> _sums = [];

    /// <summary>Dead letters that nothing may come of any more: replayed once, or made pointless by a truncation.</summary>
    private readonly HashSet<long> _settled = [];

    private Position _position = Position.None;

    /// <summary>Returns the position of the last change. Throws <see cref="SimulationFailure"/> at the first message that fared as it must not.</summary>
    public Position Run()
    {
        for (var offset = 0; offset < world.Log[partition].Count; offset++)
        {
            var rows = _landed[offset].ToList();
            foreach (var row in rows)
            {
                _sums[row.Row] = _sums.GetValueOrDefault(row.Row) + row.Sign;
            }

            Message(offset, rows);
        }

        foreach (var (offset, isSettled) in record.DeadLetters)
        {
            Require(
                isSettled == _settled.Contains(offset),
                offset,
                $"the dead letter is noted as {(isSettled ? "settled and is not" : "outstanding and is settled")}");
        }

        return _position;
    }

    private void Message(int offset, List<LandedRow> rows)
    {
        var (_, source, replayOf) = world.Log[partition][offset];
        var isDeadLetter = record.DeadLetters.ContainsKey(offset);
        if (replayOf is { } original)
        {
            Require(!isDeadLetter, offset, "a replay is a dead letter of its own");
            Replay(original, rows, offset);
        }
        else if (source!.Form == MessageForm.Broken)
        {
            Require(isDeadLetter && rows.Count == 0, offset, "a broken message is not a dead letter, or left rows");
            Require(world.DeadLetters.Letters.ContainsKey((partition, offset)), offset, "the dead letter is not in its topic");
        }
        else if (source.Position <= _position)
        {
            world.Faults.Count(Fault.DuplicateDropped);
            Require(!isDeadLetter && rows.Count == 0, offset, "a duplicate was taken in");
        }
        else
        {
            _position = source.Position;
            Fresh(source, rows, isDeadLetter, offset);
        }
    }

    private void Fresh(SourceMessage message, List<LandedRow> rows, bool isDeadLetter, long offset)
    {
        if (isDeadLetter)
        {
            Require(message.Form == MessageForm.Unfit && rows.Count == 0, offset, "a message that fits is a dead letter, or a dead letter left rows");
            Require(world.DeadLetters.Letters.ContainsKey((partition, offset)), offset, "the dead letter is not in its topic");
        }
        else if (message.Operation == 't')
        {
            Truncation(message, rows, offset);
        }
        else
        {
            AreRowsOf(message, rows, offset);
        }
    }

    private void Truncation(SourceMessage message, List<LandedRow> rows, long offset)
    {
        foreach (var row in rows)
        {
            Require(row.Position == (row.Sign == -1 ? message.Position : Position.None), offset, $"a truncation left {row} at a position that is not its own");
        }

        foreach (var (row, sum) in _sums)
        {
            Require(sum == 0, offset, $"{row} stands {sum} times behind a truncation");
        }

        foreach (var letter in record.DeadLetters.Keys.Where(letter => letter < offset && _settled.Add(letter)))
        {
            world.Faults.Count(Fault.DeadLetterSettledByTruncation);
        }
    }

    // Of several replays of one letter the first that fits counts; which one that is, the shape that its ingestor knew decides.
    private void Replay(long original, List<LandedRow> rows, long offset)
    {
        if (rows.Count > 0)
        {
            world.Faults.Count(Fault.ReplayApplied);
            Require(record.DeadLetters.ContainsKey(original), offset, "a replay of what is no dead letter left rows");
            Require(_settled.Add(original), offset, "a dead letter was replayed although it was settled");
            AreRowsOf(world.Log[partition][(int)original].Source!, rows, offset);
        }
    }

    private static void AreRowsOf(SourceMessage message, List<LandedRow> rows, long offset)
    {
        var isRight = rows.TrueForAll(row => row.Position == message.Position)
            && rows.Where(row => row.Sign == -1).Select(row => row.Row).SequenceEqual(OneOrNone(message.Before))
            && rows.Where(row => row.Sign == 1).Select(row => row.Row).SequenceEqual(OneOrNone(message.After));
        Require(isRight, offset, $"{message} left {string.Join(", ", rows)}");
    }

    private static IEnumerable<SourceRow> OneOrNone(SourceRow? row) => row is { } there ? [there] : [];

    private static void Require(bool isRight, long offset, string what)
    {
        if (!isRight)
        {
            throw new SimulationFailure($"Offset {offset}: {what}.");
        }
    }
}
