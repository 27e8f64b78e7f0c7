using System.Buffers.Binary;
using System.Text;

namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>
/// Reads the fields of one pgoutput message, protocol version 1
/// (https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html). Big-endian; strings end with a zero byte.
/// </summary>
internal ref struct PgOutputReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte ReadByte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public short ReadInt16()
    {
        var value = BinaryPrimitives.ReadInt16BigEndian(_rest);
        _rest = _rest[sizeof(short)..];
        return value;
    }

    public int ReadInt32()
    {
        var value = BinaryPrimitives.ReadInt32BigEndian(_rest);
        _rest = _rest[sizeof(int)..];
        return value;
    }

    public uint ReadUInt32() => (uint)ReadInt32();

    public ulong ReadUInt64()
    {
        var value = BinaryPrimitives.ReadUInt64BigEndian(_rest);
        _rest = _rest[sizeof(ulong)..];
        return value;
    }

    /// <summary>Microseconds since 2000-01-01 UTC.</summary>
    public DateTimeOffset ReadTimestamp() => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMicroseconds((long)ReadUInt64());

    public string ReadString()
    {
        var end = _rest.IndexOf((byte)0);
        var value = Encoding.UTF8.GetString(_rest[..end]);
        _rest = _rest[(end + 1)..];
        return value;
    }

    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    /// <summary>Reads a tuple's column values into <paramref name="values"/> as ranges of the message; the column count comes first.</summary>
    public void ReadTuple(ReadOnlySpan<byte> message, List<ColumnValue> values)
    {
        values.Clear();
        int count = ReadInt16();
        for (var column = 0; column < count; column++)
        {
            switch (ReadByte())
            {
                case (byte)'n':
                    values.Add(ColumnValue.Null);
                    break;
                case (byte)'u':
                    values.Add(ColumnValue.Unchanged);
                    break;
                case (byte)'t':
                    var length = ReadInt32();
                    values.Add(ColumnValue.Text(message.Length - _rest.Length, length));
                    _rest = _rest[length..];
                    break;
                case var kind:
                    throw new InvalidDataException($"pgoutput sent a column of kind '{(char)kind}', which was not asked for.");
            }
        }
    }
}
