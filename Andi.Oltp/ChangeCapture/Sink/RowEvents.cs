using Andi.ChangeEvents;
using Andi.Oltp.ChangeCapture.Source;

namespace Andi.Oltp.ChangeCapture.Sink;

/// <summary>The keys and events of captured rows.</summary>
internal static class RowEvents
{
    /// <summary>The primary key as JSON: the Kafka message key, so that a row's changes stay in one partition, in order.</summary>
    /// <param name="writer">Whose buffer is used.</param>
    /// <param name="table">The table of the row.</param>
    /// <param name="row">The image whose key is written.</param>
    /// <param name="unchangedFrom">Where values that an update left alone are; not needed for a row before.</param>
    public static byte[] WriteKey(this ChangeEventWriter writer, RelationShape table, in RowImage row, in RowImage unchangedFrom = default)
    {
        writer.Json.Clear();
        WriteColumns(writer.Json, table, row, unchangedFrom, keyOnly: true);
        return writer.Json.ToArray();
    }

    /// <summary>An event of a row: its image before, after, or both.</summary>
    public static byte[] WriteChange(
        this ChangeEventWriter writer, RelationShape table, char operation, in RowImage before, in RowImage after, in ChangeSource source)
    {
        writer.BeginBefore();
        WriteImage(writer.Json, table, before, default);
        writer.BeginAfter();
        WriteImage(writer.Json, table, after, before);
        return writer.End(operation, source, table.SourceLabel);
    }

    /// <summary>A row that came up under a new key: it is new where its events go. What the update left alone comes from <paramref name="before"/>.</summary>
    public static byte[] WriteMovedIn(this ChangeEventWriter writer, RelationShape table, in RowImage before, in RowImage after, in ChangeSource source)
    {
        writer.BeginBefore();
        writer.Json.Append("null"u8);
        writer.BeginAfter();
        WriteImage(writer.Json, table, after, before);
        return writer.End('c', source, table.SourceLabel);
    }

    private static void WriteImage(JsonBytes json, RelationShape table, in RowImage row, in RowImage unchangedFrom)
    {
        if (row.Values is null)
        {
            json.Append("null"u8);
        }
        else
        {
            WriteColumns(json, table, row, unchangedFrom, keyOnly: false);
        }
    }

    private static void WriteColumns(JsonBytes json, RelationShape table, in RowImage row, in RowImage unchangedFrom, bool keyOnly)
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

            json.Append(separator);
            json.Append(column.Label);
            WriteValue(json, column, row.Values![index], buffer, index, unchangedFrom);
            separator = (byte)',';
        }

        json.Append((byte)'}');
    }

    private static void WriteValue(JsonBytes json, RelationColumn column, ColumnValue value, ReadOnlySpan<byte> buffer, int index, in RowImage unchangedFrom)
    {
        if (value.Kind == ColumnValueKind.Unchanged)
        {
            // A TOAST value that the update left alone is not in the new tuple; the old one, replica identity being full, has it.
            value = unchangedFrom.Values?[index]
                ?? throw new InvalidDataException(
                    $"Column {column.Name} is unchanged, but the row before is not in the WAL: REPLICA IDENTITY FULL is missing.");
            buffer = unchangedFrom.Buffer.Span;
        }

        if (value.Kind == ColumnValueKind.Null)
        {
            json.Append("null"u8);
        }
        else
        {
            column.Form.Write(json, value.In(buffer));
        }
    }
}
