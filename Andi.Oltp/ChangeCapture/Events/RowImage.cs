using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Wal;

namespace Andi.Oltp.ChangeCapture.Events;

/// <summary>A row before or after a change: values as places in a buffer. The default value stands for "no such image".</summary>
internal readonly record struct RowImage(ReadOnlyMemory<byte> Buffer, List<ColumnValue>? Values)
{
    /// <summary>Whether this row, as it was before an update, has the same primary key as the row after it.</summary>
    public bool HasKeyOf(in RowImage after, CapturedTable table)
    {
        for (var column = 0; column < table.Columns.Length; column++)
        {
            if (table.Columns[column].IsKey
                && after.Values![column] is { Kind: ColumnValueKind.Text } value
                && !value.In(after.Buffer.Span).SequenceEqual(Values![column].In(Buffer.Span)))
            {
                return false;
            }
        }

        return true;
    }
}
