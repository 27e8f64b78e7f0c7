using System.Runtime.InteropServices;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>One result, or one chunk of a streamed result. Its bytes live until it is disposed.</summary>
internal sealed unsafe class ChdbResult(nint handle) : IDisposable
{
    private nint _handle = handle;

    /// <summary>The engine's message, <c>Code: N. DB::Exception: …</c>, or null.</summary>
    public string? Error => Marshal.PtrToStringUTF8((nint)Chdb.ResultError(_handle));

    public int Length => checked((int)Chdb.ResultLength(_handle));

    public ReadOnlyMemory<byte> Bytes => Length == 0 ? default : new NativeBytes(Chdb.ResultBuffer(_handle), Length).Memory;

    public QueryProgress Progress => new(
        ReadRows: Chdb.RowsRead(_handle),
        ReadBytes: Chdb.BytesRead(_handle),
        WrittenRows: Chdb.RowsWritten(_handle),
        WrittenBytes: Chdb.BytesWritten(_handle),
        ResultRows: Chdb.ResultRows(_handle),
        ResultBytes: Chdb.ResultBytes(_handle));

    public void Dispose()
    {
        var handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            Chdb.DestroyResult(handle);
        }
    }
}
