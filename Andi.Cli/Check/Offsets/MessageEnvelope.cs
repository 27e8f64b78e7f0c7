using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.Cli.Check.Offsets;

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
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }
}
