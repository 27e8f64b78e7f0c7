using System.Globalization;
using System.IO.Pipes;

namespace Andi.EmbeddedClickHouse.Native;

/// <summary>
/// A pipe through which the engine writes a result that is one document (JSON, Parquet, …). The engine's streamed chunks are whole documents
/// each, with their own head and foot; <c>INTO OUTFILE</c> makes one, in bounded memory, as the server does.
/// </summary>
internal sealed class ResultPipe : IDisposable
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In);

    /// <summary>The path that opens the writing end in this process.</summary>
    public string WritingPath => string.Create(CultureInfo.InvariantCulture, $"/dev/fd/{_pipe.ClientSafePipeHandle.DangerousGetHandle()}");

    /// <summary>Blocks until bytes are there; 0 after <see cref="EndWriting"/> when all are read.</summary>
    public int Read(Span<byte> buffer) => _pipe.Read(buffer);

    public void EndWriting() => _pipe.DisposeLocalCopyOfClientHandle();

    public void Dispose() => _pipe.Dispose();
}
