using System.Buffers;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>Unmanaged bytes as <see cref="Memory{T}"/>, so that they are written to streams without a copy. Whoever owns the bytes keeps them.</summary>
internal sealed unsafe class NativeBytes(byte* start, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
