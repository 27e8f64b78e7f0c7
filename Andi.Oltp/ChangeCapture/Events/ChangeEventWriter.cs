using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Wal;

namespace Andi.Oltp.ChangeCapture.Events;

/// <summary>
/// Writes change events: a Debezium envelope without schema, as documented in docs/architecture.md. One writer serves one thread; its buffer is reused.
/// </summary>
internal sealed class ChangeEventWriter
{
    private readonly JsonBytes _json = new();

    /// <summary>The primary key as JSON: the Kafka message key, so that a row's changes stay in one partition, in order.</summary>
    /// <param name="table">Whose row it is.</param>
    /// <param name="row">The image whose key is written.</param>
    /// <param name="unchangedFrom">Where values that an update left alone are; not needed for a row before.</param>
    public byte[] WriteKey(CapturedTable table, in RowImage row, in RowImage unchangedFrom = default)
    {
        _json.Clear();
        WriteColumns(table, row, unchangedFrom, keyOnly: true);
        return _json.ToArray();
    }

    /// <summary>An event of a row: its image before, after, or both.</summary>
    public byte[] WriteChange(CapturedTable table, char operation, in RowImage before, in RowImage after, in ChangeSource source)
    {
        Begin();
        WriteImage(table, before, default);
        _json.Append(",\"after\":"u8);
        WriteImage(table, after, before);
        return End(operation, source, table);
    }

    /// <summary>A row that came up under a new key: it is new where its events go. What the update left alone comes from <paramref name="before"/>.</summary>
    public byte[] WriteMovedIn(CapturedTable table, in RowImage before, in RowImage after, in ChangeSource source)
    {
        Begin();
        _json.Append("null,\"after\":"u8);
        WriteImage(table, after, before);
        return End('c', source, table);
    }

    /// <summary>Every row of the table is gone.</summary>
    public byte[] WriteTruncate(CapturedTable table, in ChangeSource source)
    {
        Begin();
        _json.Append("null,\"after\":null"u8);
        return End('t', source, table);
    }

    /// <summary>Says to a partition: every change up to this position that is for you has been sent.</summary>
    public byte[] WriteHeartbeat(in ChangeSource source)
    {
        _json.Clear();
        _json.Append((byte)'{');
        WriteEnvelope('h', source, null);
        _json.Append((byte)'}');
        return _json.ToArray();
    }

    private void Begin()
    {
        _json.Clear();
        _json.Append("{\"before\":"u8);
    }

    private void WriteImage(CapturedTable table, in RowImage row, in RowImage unchangedFrom)
    {
        if (row.Values is null)
        {
            _json.Append("null"u8);
        }
        else
        {
            WriteColumns(table, row, unchangedFrom, keyOnly: false);
        }
    }

    private void WriteColumns(CapturedTable table, in RowImage row, in RowImage unchangedFrom, bool keyOnly)
    {
        var separator = (byte)'{';
        var buffer = row.Buffer.Span;
        var columns = table.Columns;
        for (var index = 0; index < columns.Length; index++)
        {
            var column = columns[index];
            if (keyOnly && !column.IsKey)
            {
                continue;
            }

            _json.Append(separator);
            _json.Append(column.Label);
            WriteValue(column, row.Values![index], buffer, index, unchangedFrom);
            separator = (byte)',';
        }

        _json.Append((byte)'}');
    }

    private void WriteValue(CapturedColumn column, ColumnValue value, ReadOnlySpan<byte> buffer, int index, in RowImage unchangedFrom)
    {
        if (value.Kind == ColumnValueKind.Unchanged)
        {
            // A TOAST value that the update left alone is not in the new tuple; the old one, replica identity being full, has it.
            value = unchangedFrom.Values?[index]
                ?? throw new InvalidDataException($"Column {column.Name} is unchanged, but the row before is not in the WAL: REPLICA IDENTITY FULL is missing.");
            buffer = unchangedFrom.Buffer.Span;
        }

        if (value.Kind == ColumnValueKind.Null)
        {
            _json.Append("null"u8);
        }
        else
        {
            column.Form.Write(_json, value.In(buffer));
        }
    }

    private byte[] End(char operation, in ChangeSource source, CapturedTable table)
    {
        _json.Append((byte)',');
        WriteEnvelope(operation, source, table);
        if (source.TraceParent is { } traceParent)
        {
            _json.Append(",\"traceparent\":"u8);
            _json.AppendString(traceParent);
        }

        _json.Append((byte)'}');
        return _json.ToArray();
    }

    private void WriteEnvelope(char operation, in ChangeSource source, CapturedTable? table)
    {
        _json.Append("\"op\":\""u8);
        _json.Append((byte)operation);
        _json.Append("\",\"ts_ms\":"u8);
        _json.AppendNumber(source.RelayedAtMs);
        _json.Append(",\"source\":{\"lsn\":"u8);
        _json.AppendNumber(source.Position.CommitLsn);
        _json.Append(",\"seq\":"u8);
        _json.AppendNumber(source.Position.Index);
        _json.Append(",\"txId\":"u8);
        _json.AppendNumber(source.TransactionId);
        if (table is not null)
        {
            _json.Append(table.SourceLabel);
        }

        _json.Append(",\"ts_ms\":"u8);
        _json.AppendNumber(source.CommittedAtMs);
        _json.Append(source.IsSnapshot ? ",\"snapshot\":true,\"generation\":"u8 : ",\"snapshot\":false,\"generation\":"u8);
        _json.AppendNumber(source.Generation);
        _json.Append((byte)'}');
    }
}
