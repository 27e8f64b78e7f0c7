using System.Text;

namespace Andi.Ingestor.Events;

/// <summary>What stands behind the images of an event, in the very form that the relay writes.</summary>
internal readonly record struct PlainEnvelope(char Operation, ChangeOrigin Source, string? TraceParent)
{
    /// <summary>False where it is of another form: it has to be read like any JSON then.</summary>
    /// <param name="text">From the comma before <c>"op"</c> to the end of the event.</param>
    /// <param name="envelope">What it says.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out PlainEnvelope envelope)
    {
        envelope = default;
        var json = new PlainJson(text);
        if (!json.TrySkip(",\"op\":\""u8) || !json.TryReadLetter(out var operation) || !json.TrySkip("\",\"ts_ms\":"u8) || !json.TryReadWholeNumber(out _)
            || !TryReadSource(ref json, out var source))
        {
            return false;
        }

        string? traceParent = null;
        if (json.TrySkip(",\"traceparent\":"u8))
        {
            if (!json.TryReadValue(out var value) || text[value] is not [(byte)'"', .. var quoted, (byte)'"'] || !Ascii.IsValid(quoted))
            {
                return false;
            }

            traceParent = Encoding.ASCII.GetString(quoted);
        }

        envelope = new PlainEnvelope(operation, source, traceParent);
        return json.TrySkip("}"u8) && json.IsAtEnd;
    }

    private static bool TryReadSource(ref PlainJson json, out ChangeOrigin source)
    {
        source = default;
        if (!json.TrySkip(",\"source\":{\"lsn\":"u8) || !json.TryReadWholeNumber(out var lsn)
            || !json.TrySkip(",\"seq\":"u8) || !json.TryReadWholeNumber(out var sequence) || sequence > uint.MaxValue
            || !json.TrySkip(",\"txId\":"u8) || !json.TryReadWholeNumber(out var transactionId)
            || !json.TrySkip(",\"schema\":"u8) || !json.TryReadValue(out _)
            || !json.TrySkip(",\"table\":"u8) || !json.TryReadValue(out _)
            || !json.TrySkip(",\"ts_ms\":"u8) || !json.TryReadWholeNumber(out var committedAtMs))
        {
            return false;
        }

        var isSnapshot = json.TrySkip(",\"snapshot\":true,\"generation\":"u8);
        if ((!isSnapshot && !json.TrySkip(",\"snapshot\":false,\"generation\":"u8))
            || !json.TryReadWholeNumber(out var generation) || generation > uint.MaxValue || !json.TrySkip("}"u8))
        {
            return false;
        }

        source = new ChangeOrigin(lsn, (uint)sequence, transactionId, (long)committedAtMs, (uint)generation, isSnapshot);
        return true;
    }
}
