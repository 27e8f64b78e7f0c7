using System.Runtime.InteropServices;
using System.Text;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>Arrays of UTF-8 strings with their lengths in unmanaged memory, as the C interface takes query parameters and arguments.</summary>
internal sealed unsafe class NativeArguments : IDisposable
{
    private readonly byte* _block;

    public NativeArguments(IReadOnlyList<string> strings)
    {
        Count = strings.Count;
        var pointers = (nuint)Count * (nuint)sizeof(byte*);
        var lengths = (nuint)Count * (nuint)sizeof(nuint);
        var bytes = strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        _block = (byte*)NativeMemory.Alloc(pointers + lengths + (nuint)bytes);
        Pointers = (byte**)_block;
        Lengths = (nuint*)(_block + pointers);
        var next = _block + pointers + lengths;
        for (var i = 0; i < Count; i++)
        {
            var written = Encoding.UTF8.GetBytes(strings[i], new Span<byte>(next, bytes));
            next[written] = 0;
            Pointers[i] = next;
            Lengths[i] = (nuint)written;
            next += written + 1;
            bytes -= written + 1;
        }
    }

    public int Count { get; }

    public byte** Pointers { get; }

    public nuint* Lengths { get; }

    public void Dispose() => NativeMemory.Free(_block);
}
