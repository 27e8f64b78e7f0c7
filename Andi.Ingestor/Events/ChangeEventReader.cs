using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.Ingestor.Events;

/// <summary>Reads the envelope of a change event; docs/architecture.md describes it.</summary>
internal static class ChangeEventReader
{
    private const int LongestOnStack = 1_024;

    private static Range None => default;

    /// <summary>Reads a message's value. Throws <see cref="MalformedEventException"/>, or <see cref="JsonException"/>, saying what is wrong with it.</summary>
    public static ChangeEvent Read(ReadOnlySpan<byte> value)
    {
        if (!EventImages.TryFind(value, out var images))
        {
            return Read(value, None, None);
        }

        var rest = value[images.End..];
        if (PlainEnvelope.TryRead(rest, out var plain))
        {
            return Check(plain.Operation, plain.Source, images.Before, images.After, plain.TraceParent);
        }

        // What is behind the images, as an object of its own.
        Span<byte> envelope = rest.Length <= LongestOnStack ? stackalloc byte[rest.Length] : new byte[rest.Length];
        rest.CopyTo(envelope);
        envelope[0] = (byte)'{';
        return Read(envelope, images.Before, images.After);
    }

    private static ChangeEvent Read(ReadOnlySpan<byte> value, Range before, Range after)
    {
        var json = new Utf8JsonReader(value);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedEventException("The event is not a JSON object.");
        }

        var operation = '\0';
        string? traceParent = null;
        ChangeOrigin? source = null;
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
            else
            {
                json.Read();
                json.Skip();
            }
        }

        // Reads on to the end, so that a value that is cut off, or goes on, is found out.
        while (json.Read())
        {
        }

        return Check(operation, source ?? throw new MalformedEventException("The event has no source."), before, after, traceParent);
    }

    private static ChangeEvent Check(char operation, in ChangeOrigin source, Range before, Range after, string? traceParent)
    {
        var (needsBefore, needsAfter) = operation switch
        {
            'c' or 'r' => (false, true),
            'u' => (true, true),
            'd' => (true, false),
            't' or 'h' => (false, false),
            _ => throw new MalformedEventException("The event's op is none of c, u, d, r, t, h."),
        };
        if (needsBefore != !before.Equals(None) || needsAfter != !after.Equals(None))
        {
            throw new MalformedEventException(
                $"An event with op {operation} has {(needsBefore ? "a" : "no")} row before and {(needsAfter ? "a" : "no")} row after; this one differs.");
        }

        var position = new Position(source.Lsn, source.Sequence);
        return new ChangeEvent(operation, position, source.TransactionId, source.CommittedAtMs, source.Generation, source.IsSnapshot, before, after, traceParent);
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

    private static ChangeOrigin ReadSource(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new MalformedEventException("The event's source is not an object.");
        }

        ulong? lsn = null;
        uint? sequence = null;
        uint? generation = null;
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
                generation = checked((uint)ReadNumber(ref json, "generation"));
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return new ChangeOrigin(
            lsn ?? throw new MalformedEventException("The event's source has no lsn."),
            sequence ?? throw new MalformedEventException("The event's source has no seq."),
            transactionId,
            committedAtMs,
            generation ?? throw new MalformedEventException("The event's source has no generation."),
            isSnapshot);
    }

    private static ulong ReadNumber(ref Utf8JsonReader json, string name)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Number && json.TryGetUInt64(out var value)
            ? value
            : throw new MalformedEventException($"The event's source.{name} is not a whole number.");
    }
}
