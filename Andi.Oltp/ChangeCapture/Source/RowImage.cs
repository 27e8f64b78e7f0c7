namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>A row before or after a change: values as places in a buffer. The default value stands for "no such image".</summary>
internal readonly record struct RowImage(ReadOnlyMemory<byte> Buffer, List<ColumnValue>? Values)
{
    /// <summary>Whether this row, as it was before an update, has the same primary key as the row after it.</summary>
    public bool HasKeyOf(in RowImage after, RelationShape table)
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

/// <summary>One column of a tuple: null, a TOAST value that the update did not touch, or PostgreSQL's text form at a place in a buffer.</summary>
internal readonly record struct ColumnValue(ColumnValueKind Kind, int Start, int Length)
{
    public static readonly ColumnValue Null = new(ColumnValueKind.Null, 0, 0);

    public static readonly ColumnValue Unchanged = new(ColumnValueKind.Unchanged, 0, 0);

    public static ColumnValue Text(int start, int length) => new(ColumnValueKind.Text, start, length);

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> buffer) => buffer.Slice(Start, Length);
}

internal enum ColumnValueKind : byte
{
    Null,
    Unchanged,
    Text,
}
