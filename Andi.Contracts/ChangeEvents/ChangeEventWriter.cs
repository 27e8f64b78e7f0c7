namespace Andi.ChangeEvents;

/// <summary>
/// Writes change events: a Debezium envelope without schema, as documented in docs/architecture.md. Rows and keys are written by the caller, into
/// <see cref="Json"/> and in the forms of <see cref="JsonForms"/>. One writer serves one thread; its buffer is reused.
/// </summary>
public sealed class ChangeEventWriter
{
    public JsonBytes Json { get; } = new();

    /// <summary>The names of a table as they stand in its events' source: <c>,"schema":"…","table":"…"</c>.</summary>
    public static byte[] TableLabel(string schema, string table)
    {
        var json = new JsonBytes();
        json.Append(",\"schema\":"u8);
        json.AppendString(schema);
        json.Append(",\"table\":"u8);
        json.AppendString(table);
        return json.ToArray();
    }

    /// <summary>Begins an event; what the caller writes next is the row before, or <c>null</c>.</summary>
    public void BeginBefore()
    {
        Json.Clear();
        Json.Append("{\"before\":"u8);
    }

    /// <summary>Ends the row before; what the caller writes next is the row after, or <c>null</c>.</summary>
    public void BeginAfter() => Json.Append(",\"after\":"u8);

    /// <summary>Ends the event and returns it.</summary>
    /// <param name="operation">See <see cref="ChangeEvent"/>.</param>
    /// <param name="source">Where the event comes from.</param>
    /// <param name="tableLabel">See <see cref="TableLabel"/>.</param>
    public byte[] End(char operation, in ChangeSource source, ReadOnlySpan<byte> tableLabel)
    {
        Json.Append((byte)',');
        WriteEnvelope(operation, source, tableLabel);
        if (source.TraceParent is { } traceParent)
        {
            Json.Append(",\"traceparent\":"u8);
            Json.AppendString(traceParent);
        }

        Json.Append((byte)'}');
        return Json.ToArray();
    }

    /// <summary>The event of a TRUNCATE: the table has no row any more.</summary>
    public byte[] WriteTruncate(in ChangeSource source, ReadOnlySpan<byte> tableLabel)
    {
        BeginBefore();
        Json.Append("null"u8);
        BeginAfter();
        Json.Append("null"u8);
        return End('t', source, tableLabel);
    }

    /// <summary>A heartbeat: every change up to this position that belongs to the partition has been sent.</summary>
    public byte[] WriteHeartbeat(in ChangeSource source)
    {
        Json.Clear();
        Json.Append((byte)'{');
        WriteEnvelope('h', source, tableLabel: default);
        Json.Append((byte)'}');
        return Json.ToArray();
    }

    private void WriteEnvelope(char operation, in ChangeSource source, ReadOnlySpan<byte> tableLabel)
    {
        Json.Append("\"op\":\""u8);
        Json.Append((byte)operation);
        Json.Append("\",\"ts_ms\":"u8);
        Json.AppendNumber(source.RelayedAtMs);
        Json.Append(",\"source\":{\"lsn\":"u8);
        Json.AppendNumber(source.Position.CommitLsn);
        Json.Append(",\"seq\":"u8);
        Json.AppendNumber(source.Position.Index);
        Json.Append(",\"txId\":"u8);
        Json.AppendNumber(source.TransactionId);
        Json.Append(tableLabel);
        Json.Append(",\"ts_ms\":"u8);
        Json.AppendNumber(source.CommittedAtMs);
        Json.Append(source.IsSnapshot ? ",\"snapshot\":true,\"generation\":"u8 : ",\"snapshot\":false,\"generation\":"u8);
        Json.AppendNumber(source.Generation);
        Json.Append((byte)'}');
    }
}
