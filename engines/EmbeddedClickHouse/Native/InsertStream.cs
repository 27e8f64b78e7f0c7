using System.Runtime.InteropServices;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>A running INSERT that takes its rows in chunks of any size. Disposing one that was not completed cancels it.</summary>
internal sealed unsafe class InsertStream(nint handle) : IDisposable
{
    private nint _handle = handle;

    /// <summary>Why the insert was not started or has failed, or null.</summary>
    public string? Error => Marshal.PtrToStringUTF8((nint)Chdb.StreamInsertError(_handle));

    /// <summary>Hands over bytes, which are copied; blocks while the engine is behind. False when the insert has failed.</summary>
    public bool Append(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            return Chdb.StreamAppend(_handle, start, (nuint)data.Length) == 0;
        }
    }

    /// <summary>Ends the data and blocks until the rows are written, or tells the error.</summary>
    public ChdbResult Complete() => new(Chdb.StreamDone(_handle));

    public void Dispose()
    {
        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            Chdb.DestroyInsert(handle);
        }
    }
}
