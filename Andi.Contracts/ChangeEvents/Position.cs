using System.Globalization;

namespace Andi.ChangeEvents;

/// <summary>
/// Where a change stands in the history of the transactional database: its transaction's commit LSN, and its index within that transaction.
/// Unique, monotonic per Kafka partition and the same at every re-read; a WAL LSN alone is not (the rows of one COPY share it), nor is a clock.
/// Text form: <c>16/B374D848</c> for the whole transaction, <c>16/B374D848.12</c> for one change of it.
/// </summary>
public readonly record struct Position(ulong CommitLsn, uint Index) : IComparable<Position>
{
    /// <summary>Before every change.</summary>
    public static readonly Position None;

    /// <summary>The largest position of the transaction that committed at <paramref name="commitLsn"/>: all of its changes are at or below it.</summary>
    public static Position EndOf(ulong commitLsn) => new(commitLsn, uint.MaxValue);

    /// <summary>As ClickHouse's UInt128 column <c>_position</c> holds it; keeps the order.</summary>
    public UInt128 ToUInt128() => ((UInt128)CommitLsn << 32) | Index;

    /// <summary>The reverse of <see cref="ToUInt128"/>.</summary>
    public static Position FromUInt128(UInt128 value) => new((ulong)(value >> 32), (uint)(value & uint.MaxValue));

    public int CompareTo(Position other) =>
        CommitLsn != other.CommitLsn ? CommitLsn.CompareTo(other.CommitLsn) : Index.CompareTo(other.Index);

    public static bool operator <(Position left, Position right) => left.CompareTo(right) < 0;

    public static bool operator >(Position left, Position right) => left.CompareTo(right) > 0;

    public static bool operator <=(Position left, Position right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Position left, Position right) => left.CompareTo(right) >= 0;

    public override string ToString() => Index == uint.MaxValue
        ? FormatLsn(CommitLsn)
        : string.Create(CultureInfo.InvariantCulture, $"{FormatLsn(CommitLsn)}.{Index}");

    /// <summary>PostgreSQL's own text form of an LSN: two hexadecimal halves.</summary>
    public static string FormatLsn(ulong lsn) =>
        string.Create(CultureInfo.InvariantCulture, $"{(uint)(lsn >> 32):X}/{(uint)lsn:X}");

    /// <summary>Reads either text form; without an index the position is <see cref="EndOf"/> that commit.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Position position)
    {
        position = None;
        var index = uint.MaxValue;
        var dot = text.IndexOf('.');
        if (dot >= 0)
        {
            if (!uint.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out index))
            {
                return false;
            }

            text = text[..dot];
        }

        var slash = text.IndexOf('/');
        if (slash < 0
            || !uint.TryParse(text[..slash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !uint.TryParse(text[(slash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        position = new Position(((ulong)high << 32) | low, index);
        return true;
    }
}
