using System.Text.Json;

namespace Andi.ChangeEvents;

/// <summary>Reads the envelope of a change event, in whatever form of JSON it is; docs/architecture.md describes it.</summary>
public static class ChangeEventReader
{
    private static Range None => default;

    /// <summary>Reads a message's value. Throws <see cref="MalformedEventException"/>, or <see cref="JsonException"/>, saying what is wrong with it.</summary>
    public static ChangeEvent Read(ReadOnlySpan<byte> value) => Check(ReadUnchecked(value));

    /// <summary>Returns the event where it has the rows that its operation needs.</summary>
    internal static ChangeEvent Check(in ChangeEvent change)
    {
        var (needsBefore, needsAfter) = change.Operation switch
        {
            'c' or 'r' => (false, true),
            'u' => (true, true),
            'd' => (true, false),
            't' or 'h' => (false, false),
            _ => throw new MalformedEventException("The event's op is none of c, u, d, r, t, h."),
        };
        return needsBefore != change.Before.Equals(None) && needsAfter != change.After.Equals(None)
            ? change
            : throw new MalformedEventException(
                $"An event with op {change.Operation} has {(needsBefore ? "a" : "no")} row before "
                + $"and {(needsAfter ? "a" : "no")} row after; this one differs.");
    }

    private static ChangeEvent ReadUnchecked(ReadOnlySpan<byte> value)
    {
        var json = new Utf8JsonReader(value);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedEventException("The event is not a JSON object.");
        }

        var operation = '\0';
        string? traceParent = null;
        ChangeSource? source = null;
        var relayedAtMs = 0L;
        var (before, after) = (None, None);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("op"u8))
            {
                operation = ReadOperation(ref json);
            }
            else if (json.ValueTextEquals("before"u8))
            {
                before = ReadImage(ref json, "before");
            }
            else if (json.ValueTextEquals("after"u8))
            {
                after = ReadImage(ref json, "after");
            }
            else if (json.ValueTextEquals("source"u8))
            {
                source = ReadSource(ref json);
            }
            else if (json.ValueTextEquals("traceparent"u8))
            {
                json.Read();
                traceParent = json.GetString();
            }
            else if (json.ValueTextEquals("ts_ms"u8))
            {
                json.Read();
                _ = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out relayedAtMs);
                json.Skip();
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        // Reading goes on to the end of the value, so that one that is cut off or has something behind it is refused.
        while (json.Read())
        {
        }

        var origin = source ?? throw new MalformedEventException("The event has no source.");
        return new ChangeEvent(operation, origin with { RelayedAtMs = relayedAtMs, TraceParent = traceParent }, before, after);
    }

    private static char ReadOperation(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String && json.ValueSpan.Length == 1 ? (char)json.ValueSpan[0] : '\0';
    }

    private static Range ReadImage(ref Utf8JsonReader json, string name)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return None;
        }

        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedEventException($"The event's {name} is not an object.");
        }

        var start = (int)json.TokenStartIndex;
        json.Skip();
        return start..(int)json.BytesConsumed;
    }

    private static ChangeSource ReadSource(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedEventException("The event's source is not an object.");
        }

        ulong? lsn = null;
        uint? sequence = null;
        int? generation = null;
        ulong transactionId = 0;
        long committedAtMs = 0;
        var isSnapshot = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("lsn"u8))
            {
                lsn = ReadNumber(ref json, "lsn");
            }
            else if (json.ValueTextEquals("seq"u8))
            {
                sequence = checked((uint)ReadNumber(ref json, "seq"));
            }
            else if (json.ValueTextEquals("txId"u8))
            {
                transactionId = ReadNumber(ref json, "txId");
            }
            else if (json.ValueTextEquals("ts_ms"u8))
            {
                committedAtMs = (long)ReadNumber(ref json, "ts_ms");
            }
            else if (json.ValueTextEquals("snapshot"u8))
            {
                json.Read();
                isSnapshot = json.TokenType == JsonTokenType.True;
            }
            else if (json.ValueTextEquals("generation"u8))
            {
                generation = checked((int)ReadNumber(ref json, "generation"));
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        var position = new Position(
            lsn ?? throw new MalformedEventException("The event's source has no lsn."),
            sequence ?? throw new MalformedEventException("The event's source has no seq."));
        return new ChangeSource(
            position,
            transactionId,
            committedAtMs,
            RelayedAtMs: 0,
            isSnapshot,
            generation ?? throw new MalformedEventException("The event's source has no generation."),
            TraceParent: null);
    }

    private static ulong ReadNumber(ref Utf8JsonReader json, string name)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Number && json.TryGetUInt64(out var value)
            ? value
            : throw new MalformedEventException($"The event's source.{name} is not a whole number.");
    }
}
