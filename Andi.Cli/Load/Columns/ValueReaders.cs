using System.Globalization;
using System.Numerics;

namespace Andi.Cli.Load.Columns;

/// <summary>Finds the reader for a ClickHouse type.</summary>
internal static class ValueReaders
{
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static ValueReader For(string type)
    {
        var (name, arguments) = ColumnType.Split(type);
        return name switch
        {
            "String" => new TextReader(),
            // In a row its values are those of the type inside.
            "LowCardinality" => For(arguments[0]),
            "Nullable" => new NullableReader(For(arguments[0])),
            "Bool" => new BoolReader(),
            "UUID" => new UuidReader(),
            "Int8" => new IntegerReader<sbyte>(),
            "Int16" => new IntegerReader<short>(),
            "Int32" => new IntegerReader<int>(),
            "Int64" => new IntegerReader<long>(),
            "UInt8" => new IntegerReader<byte>(),
            "UInt16" => new IntegerReader<ushort>(),
            "UInt32" => new IntegerReader<uint>(),
            "UInt64" => new IntegerReader<ulong>(),
            "Float64" => new DoubleReader(),
            "Date" => new DateReader(new DateOnly(1970, 1, 1), new DateOnly(2149, 6, 6), isWide: false),
            "Date32" => new DateReader(new DateOnly(1900, 1, 1), new DateOnly(2299, 12, 31), isWide: true),
            "DateTime64" when Number(arguments[0]) is <= 6 and var places => new InstantReader(places),
            "Decimal" when Number(arguments[0]) is <= 38 and var precision => new DecimalReader(precision, Number(arguments[1])),
            "Enum8" => new EnumReader(arguments, isWide: false),
            "Enum16" => new EnumReader(arguments, isWide: true),
            _ => throw new NotSupportedException($"no file can be read into the type {type} yet"),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Reads the text of a CSV field as a value of a column's type, exactly: what would have to be rounded, cut or guessed is refused.</summary>
internal abstract class ValueReader
{
    /// <summary>Appends the value, as RowBinary has it.</summary>
    /// <param name="utf8">The field, unquoted; valid UTF-8.</param>
    /// <param name="row">Takes the value; what it holds after a refusal is not to be used.</param>
    /// <returns>Why the field is refused, reading on from the column's name; null where it is not.</returns>
    public abstract string? Read(ReadOnlySpan<byte> utf8, RowBytes row);
}

/// <summary>A ClickHouse type, taken apart.</summary>
internal static class ColumnType
{
    /// <summary><c>Enum8('a, b' = 1, 'c' = 2)</c> → <c>Enum8</c> and its two arguments.</summary>
    public static (string Name, IReadOnlyList<string> Arguments) Split(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return (type, []);
        }

        var arguments = new List<string>();
        var (depth, isQuoted, start) = (0, false, open + 1);
        for (var i = start; i < type.Length - 1; i++)
        {
            if (isQuoted && type[i] == '\\')
            {
                i++;
                continue;
            }

            isQuoted ^= type[i] == '\'';
            depth += isQuoted ? 0 : type[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (!isQuoted && type[i] == ',' && depth == 0)
            {
                arguments.Add(type[start..i].Trim());
                start = i + 1;
            }
        }

        arguments.Add(type[start..^1].Trim());
        return (type[..open], arguments);
    }
}

/// <summary>Rows in ClickHouse's RowBinary format, collected until they are sent; a row that turns out to be wrong is cut off again.</summary>
internal sealed class RowBytes
{
    private byte[] _bytes = new byte[64 * 1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <param name="value">Little-endian, in as many bytes as its type has.</param>
    public void Write<T>(T value)
        where T : IBinaryInteger<T>
    {
        var size = value.GetByteCount();
        value.WriteLittleEndian(Room(size));
        Length += size;
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        var rest = (uint)utf8.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            Write((byte)(rest | 0x80));
        }

        Write((byte)rest);
        utf8.CopyTo(Room(utf8.Length));
        Length += utf8.Length;
    }

    /// <summary>Two halves, the first half first, each little-endian.</summary>
    public void Uuid(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[..8].Reverse();
        bytes[8..].Reverse();
        bytes.CopyTo(Room(16));
        Length += 16;
    }

    public void Truncate(int length) => Length = length;

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        }

        return _bytes.AsSpan(Length);
    }
}
