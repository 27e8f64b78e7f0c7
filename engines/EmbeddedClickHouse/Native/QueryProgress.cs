namespace Andi.EmbeddedClickHouse.Native;

/// <summary>What a statement has read, written and returned so far, in rows and bytes.</summary>
internal readonly record struct QueryProgress(
    ulong ReadRows, ulong ReadBytes, ulong WrittenRows, ulong WrittenBytes, ulong ResultRows, ulong ResultBytes)
{
    public static QueryProgress operator +(QueryProgress a, QueryProgress b) => new(
        a.ReadRows + b.ReadRows,
        a.ReadBytes + b.ReadBytes,
        a.WrittenRows + b.WrittenRows,
        a.WrittenBytes + b.WrittenBytes,
        a.ResultRows + b.ResultRows,
        a.ResultBytes + b.ResultBytes);
}
