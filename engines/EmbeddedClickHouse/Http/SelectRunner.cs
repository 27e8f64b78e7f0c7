using System.Buffers;
using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Statements;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>Runs a statement that has no rows behind it and sends its result.</summary>
internal static class SelectRunner
{
    private const string NotStreamed = "Streaming query is not supported for query";
    private const int ReadBuffer = 64 * 1024;

    public static async Task RunAsync(
        ChdbConnection connection,
        RunningStatement running,
        ReadOnlyMemory<byte> text,
        PlainText statement,
        QueryRequest request,
        ResultSink sink,
        CancellationToken cancellationToken)
    {
        var format = statement.OutputFormat ?? request.DefaultFormat;
        sink.Format = format;
        if (statement.MayBeSelect && !OutputFormats.IsSequence(format, text.Span, request.Settings) && connection.IsOneRead(text.Span)
            && await TryRunThroughPipeAsync(connection, running, text, statement, request, sink, cancellationToken))
        {
            return;
        }

        // The engine parses the text here, refuses a second statement in it, and refuses to stream what is no SELECT before running it.
        using (var stream = connection.Stream(text.Span, request.DefaultFormat, request.Parameters))
        {
            if (stream.StartError is not { } refused)
            {
                if (OutputFormats.IsSequence(format, text.Span, request.Settings))
                {
                    await SendChunksAsync(stream, sink, cancellationToken);
                    return;
                }
            }
            else if (!refused.Contains(NotStreamed, StringComparison.Ordinal))
            {
                throw ClickHouseException.FromEngine(refused);
            }
        }

        using var result = connection.Query(text.Span, request.DefaultFormat, request.Parameters);
        EngineError.Demand(result.Error);
        sink.Progress = result.Progress;
        await sink.WriteAsync(result.Bytes, cancellationToken);
    }

    private static async Task SendChunksAsync(ResultStream stream, ResultSink sink, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var chunk = stream.Fetch();
            EngineError.Demand(chunk.Error);
            sink.Progress += chunk.Progress;
            if (chunk.Length == 0)
            {
                return;
            }

            await sink.WriteAsync(chunk.Bytes, cancellationToken);
        }
    }

    /// <summary>False, with nothing sent, where the engine does not take the statement with an output clause added.</summary>
    private static async Task<bool> TryRunThroughPipeAsync(
        ChdbConnection connection,
        RunningStatement running,
        ReadOnlyMemory<byte> text,
        PlainText statement,
        QueryRequest request,
        ResultSink sink,
        CancellationToken cancellationToken)
    {
        using var pipe = new ResultPipe();
        var piped = statement.WithOutput(text.Span, pipe.WritingPath, request.DefaultFormat);
        var querying = Task.Run(
            () =>
            {
                try
                {
                    return connection.Query(piped, request.DefaultFormat, request.Parameters);
                }
                finally
                {
                    pipe.EndWriting();
                }
            },
            CancellationToken.None);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBuffer);
        var any = false;
        try
        {
            for (var read = pipe.Read(buffer); read > 0; read = pipe.Read(buffer))
            {
                any = true;
                await sink.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch
        {
            // The engine writes on until it has stopped: what it still writes goes nowhere, and the connection is its own until then.
            running.Stop();
            while (pipe.Read(buffer) > 0)
            {
            }

            (await querying).Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        using var result = await querying;
        if (!any && result.Error is { } error && ClickHouseException.FromEngine(error).Code == (int)ErrorCode.SyntaxError)
        {
            return false;
        }

        EngineError.Demand(result.Error);
        sink.Progress = result.Progress;
        return true;
    }
}
