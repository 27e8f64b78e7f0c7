using System.Text.Json;
using Andi.ChangeEvents;
using Confluent.Kafka;

namespace Andi.Cli.Check;

/// <summary>
/// Which rows a message must have left in the landing table. Knows the contract of events only: a heartbeat, a dead letter, and what stands at or below the
/// largest position before it leave none; an insert leaves a row, a deletion a retraction, an update both; a truncation makes the sum of what stands
/// nothing, and settles the dead letters before it; a replay leaves what the dead letter it is of should have left, once.
/// </summary>
/// <param name="deadLetters">Offsets of dead letters, and whether each has been replayed.</param>
/// <param name="largest">The largest position before the first message.</param>
internal sealed class OffsetRule(IReadOnlyDictionary<long, bool> deadLetters, UInt128 largest)
{
    private readonly HashSet<long> _replayed = [];
    private UInt128 _largest = largest;

    /// <summary>Dead letters that the ledger counts as replayed, of which no replay has landed so far.</summary>
    public IEnumerable<long> NotReplayed => deadLetters.Where(letter => letter.Value && !_replayed.Contains(letter.Key)).Select(letter => letter.Key).Order();

    /// <param name="message">The next one of the partition.</param>
    /// <param name="standing">Rows of the partition that stand before it.</param>
    /// <param name="landed">What it has left; decides which of several replays of one dead letter was taken in, nothing else.</param>
    /// <returns>What must be there, and why.</returns>
    public (LandedRows Rows, string Why) Next(ConsumeResult<byte[]?, byte[]?> message, long standing, LandedRows landed)
    {
        var offset = message.Offset.Value;
        var envelope = MessageEnvelope.Read(message.Message.Value);
        if (deadLetters.ContainsKey(offset))
        {
            _largest = envelope is { Operation: not "x" } ? UInt128.Max(_largest, envelope.Position) : _largest;
            return (LandedRows.None(offset), "a dead letter");
        }

        if (envelope is null)
        {
            return (LandedRows.None(offset) with { Added = -1 }, "no event that can be read, so a dead letter");
        }

        if (envelope.Operation == "x")
        {
            return NextReplay(offset, envelope, landed);
        }

        if (envelope.Position <= _largest)
        {
            return (LandedRows.None(offset), "sent again");
        }

        _largest = envelope.Position;
        return envelope.Operation == "t" ? (NextTruncation(offset, standing, landed), "op t") : (RowsOf(offset, envelope), $"op {envelope.Operation}");
    }

    // How many rows that takes nobody can say from their sum; that they were the right ones the comparison of rows sees.
    private LandedRows NextTruncation(long offset, long standing, LandedRows landed)
    {
        _replayed.UnionWith(deadLetters.Keys.Where(letter => letter < offset));
        return landed.Retracted - landed.Added == standing ? landed : LandedRows.None(offset) with { Retracted = standing };
    }

    private (LandedRows Rows, string Why) NextReplay(long offset, MessageEnvelope replay, LandedRows landed)
    {
        var wasTaken = landed.Added + landed.Retracted > 0;
        if (!wasTaken || !deadLetters.GetValueOrDefault(replay.ReplayOf) || _replayed.Contains(replay.ReplayOf)
            || MessageEnvelope.Read(replay.Replayed) is not { } original)
        {
            return (LandedRows.None(offset), $"a replay of {replay.ReplayOf} that was not taken in");
        }

        _replayed.Add(replay.ReplayOf);
        return (RowsOf(offset, original), $"the replay of {replay.ReplayOf}, op {original.Operation}");
    }

    private static LandedRows RowsOf(long offset, MessageEnvelope envelope)
    {
        (long added, long retracted) = envelope.Operation switch
        {
            "c" or "r" => (1, 0),
            "u" => (1, 1),
            "d" => (0, 1),
            _ => (0, 0),
        };
        var position = added + retracted == 0 ? 0 : envelope.Position;
        return new LandedRows(offset, added, retracted, position, position);
    }
}

/// <summary>The rows of a landing table that came from one offset of a partition.</summary>
/// <param name="Offset">Of the message.</param>
/// <param name="Added">Rows of sign +1.</param>
/// <param name="Retracted">Rows of sign −1.</param>
/// <param name="First">Their smallest position.</param>
/// <param name="Last">Their largest position.</param>
internal sealed record LandedRows(long Offset, long Added, long Retracted, UInt128 First, UInt128 Last)
{
    public static LandedRows None(long offset) => new(offset, 0, 0, 0, 0);

    public override string ToString() => Added + Retracted == 0 ? "no row" : $"{Added} rows, {Retracted} "
        + $"retractions{(First == Last ? "" : ", of different positions")}";
}

/// <summary>
/// What the check reads of a message of a change topic. Written for the check alone: the ingestor's own reader is what is being checked.
/// </summary>
/// <param name="Operation">The envelope's <c>op</c>.</param>
/// <param name="Position">As in the column <c>_position</c>; 0 for a replay message.</param>
/// <param name="ReplayOf">Of a replay message the offset of the dead letter.</param>
/// <param name="Replayed">Of a replay message the original value.</param>
internal sealed record MessageEnvelope(string Operation, UInt128 Position, long ReplayOf, byte[]? Replayed)
{
    /// <summary>Null where the message is none of those that the contract knows.</summary>
    public static MessageEnvelope? Read(byte[]? value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            var operation = json.RootElement.GetProperty("op").GetString()!;
            if (operation == "x")
            {
                return new MessageEnvelope(
                    operation, 0, json.RootElement.GetProperty("replayOf").GetInt64(), json.RootElement.GetProperty("message").GetBytesFromBase64());
            }

            var source = json.RootElement.GetProperty("source");
            var position = new Position(source.GetProperty("lsn").GetUInt64(), source.GetProperty("seq").GetUInt32());
            return new MessageEnvelope(operation, position.ToUInt128(), -1, null);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }
}
