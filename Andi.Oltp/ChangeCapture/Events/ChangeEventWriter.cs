using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Wal;
using Andi.Positions;

namespace Andi.Oltp.ChangeCapture.Events;

/// <summary>
/// Writes change events: a Debezium envelope without schema, as documented in docs/architecture.md. One writer serves one thread; its buffers are reused.
/// </summary>
internal sealed class ChangeEventWriter : IDisposable
{
    private static readonly JsonEncodedText Before = JsonEncodedText.Encode("before");
    private static readonly JsonEncodedText After = JsonEncodedText.Encode("after");
    private static readonly JsonEncodedText Operation = JsonEncodedText.Encode("op");
    private static readonly JsonEncodedText RelayedAt = JsonEncodedText.Encode("ts_ms");
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText Lsn = JsonEncodedText.Encode("lsn");
    private static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("seq");
    private static readonly JsonEncodedText TransactionId = JsonEncodedText.Encode("txId");
    private static readonly JsonEncodedText Schema = JsonEncodedText.Encode("schema");
    private static readonly JsonEncodedText Table = JsonEncodedText.Encode("table");
    private static readonly JsonEncodedText Snapshot = JsonEncodedText.Encode("snapshot");
    private static readonly JsonEncodedText Generation = JsonEncodedText.Encode("generation");
    private static readonly JsonEncodedText TraceParent = JsonEncodedText.Encode("traceparent");

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;

    public ChangeEventWriter() =>
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The primary key as JSON: the Kafka message key, so that a row's changes stay in one partition, in order.</summary>
    /// <param name="table">Whose row it is.</param>
    /// <param name="row">The image whose key is written.</param>
    /// <param name="unchangedFrom">Where values that an update left alone are; not needed for a row before.</param>
    public byte[] WriteKey(CapturedTable table, in RowImage row, in RowImage unchangedFrom = default)
    {
        Reset();
        _json.WriteStartObject();
        for (var column = 0; column < table.Columns.Count; column++)
        {
            if (table.Columns[column].IsKey)
            {
                WriteColumn(table.Columns[column], row, column, unchangedFrom);
            }
        }

        _json.WriteEndObject();
        return Finish();
    }

    /// <summary>An event of a row: its image before, after, or both.</summary>
    public byte[] WriteChange(CapturedTable table, char operation, in RowImage before, in RowImage after, in ChangeSource source)
    {
        Reset();
        _json.WriteStartObject();
        WriteImage(Before, table, before, default);
        WriteImage(After, table, after, before);
        return FinishChange(table, operation, source);
    }

    /// <summary>A row that came up under a new key: it is new where its events go. What the update left alone comes from <paramref name="before"/>.</summary>
    public byte[] WriteMovedIn(CapturedTable table, in RowImage before, in RowImage after, in ChangeSource source)
    {
        Reset();
        _json.WriteStartObject();
        WriteImage(Before, table, default, default);
        WriteImage(After, table, after, before);
        return FinishChange(table, 'c', source);
    }

    /// <summary>Every row of the table is gone.</summary>
    public byte[] WriteTruncate(CapturedTable table, in ChangeSource source)
    {
        Reset();
        _json.WriteStartObject();
        WriteImage(Before, table, default, default);
        WriteImage(After, table, default, default);
        return FinishChange(table, 't', source);
    }

    /// <summary>Says to a partition: every change up to this position that is for you has been sent.</summary>
    public byte[] WriteHeartbeat(in ChangeSource source)
    {
        Reset();
        _json.WriteStartObject();
        WriteOperation('h', source);
        WriteSource(source, null);
        _json.WriteEndObject();
        return Finish();
    }

    public void Dispose() => _json.Dispose();

    private void WriteImage(JsonEncodedText name, CapturedTable table, in RowImage row, in RowImage unchangedFrom)
    {
        if (row.Values is null)
        {
            _json.WriteNull(name);
            return;
        }

        _json.WriteStartObject(name);
        for (var column = 0; column < table.Columns.Count; column++)
        {
            WriteColumn(table.Columns[column], row, column, unchangedFrom);
        }

        _json.WriteEndObject();
    }

    private void WriteColumn(CapturedColumn column, in RowImage row, int index, in RowImage unchangedFrom)
    {
        var value = row.Values![index];
        var buffer = row.Buffer.Span;
        if (value.Kind == ColumnValueKind.Unchanged)
        {
            // A TOAST value that the update left alone is not in the new tuple; the old one, replica identity being full, has it.
            value = unchangedFrom.Values?[index]
                ?? throw new InvalidDataException($"Column {column.Name} is unchanged, but the row before is not in the WAL: REPLICA IDENTITY FULL is missing.");
            buffer = unchangedFrom.Buffer.Span;
        }

        _json.WritePropertyName(column.JsonName);
        if (value.Kind == ColumnValueKind.Null)
        {
            _json.WriteNullValue();
        }
        else
        {
            column.Form.Write(_json, value.In(buffer));
        }
    }

    private void WriteOperation(char operation, in ChangeSource source)
    {
        ReadOnlySpan<char> text = [operation];
        _json.WriteString(Operation, text);
        _json.WriteNumber(RelayedAt, source.RelayedAtMs);
    }

    private void WriteSource(in ChangeSource source, CapturedTable? table)
    {
        _json.WriteStartObject(Source);
        _json.WriteNumber(Lsn, source.Position.CommitLsn);
        _json.WriteNumber(Sequence, source.Position.Index);
        _json.WriteNumber(TransactionId, source.TransactionId);
        if (table is not null)
        {
            _json.WriteString(Schema, table.Schema);
            _json.WriteString(Table, table.Name);
        }

        _json.WriteNumber(RelayedAt, source.CommittedAtMs);
        _json.WriteBoolean(Snapshot, source.IsSnapshot);
        _json.WriteNumber(Generation, source.Generation);
        _json.WriteEndObject();
    }

    private byte[] FinishChange(CapturedTable table, char operation, in ChangeSource source)
    {
        WriteOperation(operation, source);
        WriteSource(source, table);
        if (source.TraceParent is { } traceParent)
        {
            _json.WriteString(TraceParent, traceParent);
        }

        _json.WriteEndObject();
        return Finish();
    }

    private void Reset()
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
    }

    private byte[] Finish()
    {
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
