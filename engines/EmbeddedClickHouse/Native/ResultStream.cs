using System.Runtime.InteropServices;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>A running SELECT. Chunks are fetched one at a time until an empty one or an error.</summary>
internal sealed class ResultStream(nint connection, nint handle) : IDisposable
{
    private nint _handle = handle;
    private bool _ended;

    /// <summary>Why the statement was not started, or null.</summary>
    public unsafe string? StartError => Marshal.PtrToStringUTF8((nint)Chdb.ResultError(_handle));

    /// <summary>Blocks until the next block of rows is there. An empty chunk without error is the end.</summary>
    public ChdbResult Fetch()
    {
        var chunk = new ChdbResult(Chdb.StreamFetch(connection, _handle));
        _ended = chunk.Length == 0;
        return chunk;
    }

    public void Dispose()
    {
        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle == 0)
        {
            return;
        }

        if (!_ended)
        {
            // A stream left half read would keep its connection in streaming mode.
            Chdb.StreamCancel(connection, handle);
        }

        Chdb.DestroyResult(handle);
    }
}
