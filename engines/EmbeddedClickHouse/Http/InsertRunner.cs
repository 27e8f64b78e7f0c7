using System.Buffers;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Statements;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>Streams the rows of an INSERT into the engine. The engine forms blocks of them as the server does.</summary>
internal static class InsertRunner
{
    /// <summary>The engine queues up to 16 such chunks: 4 MB wait at most.</summary>
    private const int Chunk = 256 * 1024;

    public static async Task RunAsync(
        ChdbConnection connection, StatementReader reader, InsertText statement, Stream body, QueryRequest request, ResultSink sink,
        CancellationToken cancellationToken)
    {
        using var insert = connection.Insert(reader.Text[..statement.HeadEnd].Span, statement.Format, request.Parameters);
        EngineError.Demand(insert.Error);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var alive = insert.Append(reader.Text[statement.DataStart..].Span);
            while (alive)
            {
                var read = await body.ReadAtLeastAsync(buffer, Chunk, throwOnEndOfStream: false, cancellationToken);
                if (read == 0)
                {
                    break;
                }

                alive = insert.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        using var result = insert.Complete();
        EngineError.Demand(result.Error);
        sink.Progress = result.Progress;
    }
}
