namespace Andi.Oltp.ChangeCapture.Wal;

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
