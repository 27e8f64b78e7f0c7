using System.Buffers.Binary;
using System.Text;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Imports;

/// <summary>
/// Encodes rows in PostgreSQL's binary COPY format (https://www.postgresql.org/docs/18/sql-copy.html) straight from UTF-8: one buffer, no strings.
/// A value is written after its column's rule has passed it; a row that turns out wrong is taken back.
/// </summary>
public sealed class CopyRow
{
    private static readonly DateOnly PostgresEpoch = new(2000, 1, 1);
    private static readonly DateTime PostgresInstant = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private byte[] _buffer = new byte[96 * 1024];
    private int _length;
    private int _rowStart;

    /// <summary>What is ready to be sent.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void Header()
    {
        Raw(Signature);
        Int32(0);
        Int32(0);
    }

    public void Trailer() => Int16(-1);

    public void BeginRow(int columns)
    {
        _rowStart = _length;
        Int16((short)columns);
    }

    /// <summary>Takes back what was written since <see cref="BeginRow"/>.</summary>
    public void CancelRow() => _length = _rowStart;

    public void Null() => Int32(-1);

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Int32(utf8.Length);
        Raw(utf8);
    }

    public void Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    public void OptionalText(string? value)
    {
        if (value is null)
        {
            Null();
        }
        else
        {
            Text(value);
        }
    }

    /// <summary>The value as <paramref name="write"/> writes it, or a null.</summary>
    public void Optional<T>(T? value, Action<CopyRow, T> write)
        where T : struct
    {
        if (value is { } given)
        {
            write(this, given);
        }
        else
        {
            Null();
        }
    }

    public void BigInt(long value)
    {
        Int32(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), value);
    }

    /// <summary>An <c>integer</c>.</summary>
    public void WholeNumber(int value)
    {
        Int32(sizeof(int));
        Int32(value);
    }

    public void SmallInt(short value)
    {
        Int32(sizeof(short));
        Int16(value);
    }

    public void Date(DateOnly value)
    {
        Int32(sizeof(int));
        Int32(value.DayNumber - PostgresEpoch.DayNumber);
    }

    /// <summary>A <c>timestamptz</c>, of whole microseconds.</summary>
    public void Instant(DateTime utc) => BigInt((utc - PostgresInstant).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>A <c>numeric</c> that keeps the rule.</summary>
    public void Numeric(decimal value, NumberRule rule) => Numeric(rule.UnitsOf(value), rule);

    /// <summary>A <c>numeric</c> of the rule's decimal places, given in its smallest unit: <c>8525</c> is 85.25 with two.</summary>
    public void Numeric(long units, NumberRule rule)
    {
        var (whole, fraction) = Math.DivRem(Math.Abs(units), rule.UnitsOfOne);
        Span<short> digits = stackalloc short[6];
        var count = 0;
        for (; whole > 0; whole /= 10_000)
        {
            digits[count++] = (short)(whole % 10_000);
        }

        digits[..count].Reverse();
        var weight = (short)(count - 1);
        if (fraction != 0)
        {
            // The base is 10,000: up to four decimal places are one digit, two of them its upper half.
            digits[count++] = (short)(fraction * (10_000 / rule.UnitsOfOne));
        }

        Int32((4 + count) * sizeof(short));
        Int16((short)count);
        Int16(count == 0 ? (short)0 : weight);
        Int16(units < 0 ? (short)0x4000 : (short)0);
        Int16((short)(rule.StoresShortest ? CsvNumber.Shorten(units, rule.DecimalPlaces).DecimalPlaces : rule.DecimalPlaces));
        foreach (var digit in digits[..count])
        {
            Int16(digit);
        }
    }

    /// <summary>Begins a <c>jsonb</c> whose text follows in calls of <see cref="Raw"/>; returns what <see cref="EndJson"/> needs.</summary>
    public int BeginJson()
    {
        const byte JsonbVersion = 1;
        Int32(0);
        var start = _length;
        Reserve(1)[0] = JsonbVersion;
        return start;
    }

    public void EndJson(int start) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(start - sizeof(int)), _length - start);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private static ReadOnlySpan<byte> Signature =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];

    private void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Reserve(sizeof(int)), value);

    private void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Reserve(sizeof(short)), value);

    private Span<byte> Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
        }

        var span = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return span;
    }
}
