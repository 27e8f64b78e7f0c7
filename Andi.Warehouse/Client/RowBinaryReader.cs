using System.Buffers.Binary;
using System.Text;

namespace Andi.Warehouse.Client;

/// <summary>Reads the values of an answer in the format RowBinary one after the other: row by row, column by column, as the statement has them.</summary>
/// <exception cref="ArgumentException">Of every read: the answer ends before the value does.</exception>
public ref struct RowBinaryReader(ReadOnlySpan<byte> answer)
{
    private ReadOnlySpan<byte> _rest = answer;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>A String, or a LowCardinality one.</summary>
    public string ReadText()
    {
        var text = Take(ReadLength());
        return Encoding.UTF8.GetString(text);
    }

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>How many entries of an array or a map follow.</summary>
    public int ReadLength()
    {
        var length = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(1)[0];
            length |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return checked((int)length);
            }
        }
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes > _rest.Length)
        {
            throw new ArgumentException("The answer ends within a value.");
        }

        var taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}

/// <summary>Reads all rows of an answer.</summary>
public delegate T RowBinaryRows<out T>(RowBinaryReader rows);
