using System.Numerics;

namespace Andi.Cli.Load.Columns;

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
