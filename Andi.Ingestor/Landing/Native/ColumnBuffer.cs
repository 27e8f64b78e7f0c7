using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Andi.Ingestor.Landing.Native;

/// <summary>A growing buffer of one column's bytes; it can be cut back to an earlier length.</summary>
internal sealed class ColumnBuffer : IDisposable
{
    private const int LargestPooled = 64 * 1024 * 1024;
    private const int PooledOfASize = 128;

    // Not the shared pool: it keeps arrays for each thread that has ever returned one, and batches end on other threads than they begin on.
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestPooled, PooledOfASize);

    private byte[] _bytes = Pool.Rent(4096);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Write<T>(T value)
        where T : IBinaryInteger<T>
    {
        var size = value.GetByteCount();
        value.WriteLittleEndian(Reserve(size));
        Length += size;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void WriteDouble(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);
        Length += sizeof(double);
    }

    /// <summary>LEB128, ClickHouse's VarUInt.</summary>
    public void WriteVarUInt(ulong value)
    {
        var to = Reserve(10);
        var size = 0;
        while (value >= 0x80)
        {
            to[size++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[size++] = (byte)value;
        Length += size;
    }

    /// <summary>Room for as many bytes, to be filled by the caller and then counted with <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        if (Length + size > _bytes.Length)
        {
            var larger = Pool.Rent(Math.Max(_bytes.Length * 2, Length + size));
            _bytes.AsSpan(0, Length).CopyTo(larger);
            Pool.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int size) => Length += size;

    public void Truncate(int length) => Length = length;

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            Pool.Return(_bytes);
            _bytes = [];
            Length = 0;
        }
    }
}
