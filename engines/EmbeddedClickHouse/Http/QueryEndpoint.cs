using System.Buffers;
using System.Diagnostics;
using System.Text;
using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Security;
using Andi.EmbeddedClickHouse.Statements;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>Takes statements over HTTP, runs them and sends their results.</summary>
internal sealed partial class QueryEndpoint(
    EngineHost engine, ConnectionGate gate, PasswordCheck password, IOptions<EmbeddedClickHouseOptions> options, ILogger<QueryEndpoint> logger)
{
    private const int InsertChunk = 256 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        var queryId = "";
        try
        {
            password.Demand(context.Request);
            var request = QueryRequest.Of(context.Request);
            queryId = request.QueryId;
            await RunAsync(context, request);
        }
        catch (ClickHouseException error)
        {
            LogFailed(queryId, error.Message);
            await SendErrorAsync(context, error, queryId);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogAborted(queryId);
        }
    }

    private async Task RunAsync(HttpContext context, QueryRequest request)
    {
        var started = Stopwatch.GetTimestamp();
        var cancellation = context.RequestAborted;
        await using var body = RequestBody.Open(context.Request);
        using var reader = new StatementReader(body, options.Value.MaxStatementBytes);
        var statement = await reader.ReadAsync(request.Query, cancellation);
        if (statement.Kind == StatementKind.Empty)
        {
            throw ClickHouseException.Of(ErrorCode.SyntaxError, "Empty query.");
        }

        if (statement.ClientOnly != ClientOnlyClause.None)
        {
            throw ClickHouseException.Of(ErrorCode.NotImplemented, "INTO OUTFILE, FROM INFILE and input() are not served here");
        }

        using var place = await gate.EnterAsync(cancellation);
        using var connection = engine.Open(request.Settings);
        if (request.Database.Length > 0 && request.Database != "default")
        {
            using var used = connection.Query(Encoding.UTF8.GetBytes($"USE {SqlLiteral.QuoteIdentifier(request.Database)}"), FormatName.Default, QueryParameters.None);
            Demand(used.Error);
        }

        if (statement.Kind == StatementKind.InsertData)
        {
            await InsertAsync(context, request, reader, statement, body, connection, started);
            return;
        }

        var format = statement.Format ?? request.DefaultFormat;
        using var stream = connection.Stream(reader.Text, request.DefaultFormat, request.Parameters);
        if (stream.StartError is { } refused)
        {
            if (!refused.Contains("Streaming query is not supported for query", StringComparison.Ordinal))
            {
                throw ClickHouseException.FromEngine(refused);
            }

            using var result = connection.Query(reader.Text, request.DefaultFormat, request.Parameters);
            Demand(result.Error);
            Begin(context.Response, request, format, result.Progress, started);
            context.Response.BodyWriter.Write(result.Bytes);
            return;
        }

        var progress = default(QueryProgress);
        var begun = false;
        while (true)
        {
            using var chunk = stream.Fetch();
            Demand(chunk.Error);
            progress += chunk.Progress;
            if (!begun)
            {
                Begin(context.Response, request, format, progress, started);
                begun = true;
            }

            if (chunk.Length == 0)
            {
                return;
            }

            context.Response.BodyWriter.Write(chunk.Bytes);
            await context.Response.BodyWriter.FlushAsync(cancellation);
        }
    }

    private async Task InsertAsync(
        HttpContext context, QueryRequest request, StatementReader reader, StatementText statement, Stream body, ChdbConnection connection, long started)
    {
        using var insert = connection.Insert(reader.Text[..statement.HeadEnd], statement.Format!, request.Parameters);
        Demand(insert.Error);
        var buffer = ArrayPool<byte>.Shared.Rent(InsertChunk);
        try
        {
            var alive = insert.Append(reader.FirstRows(statement));
            while (alive)
            {
                var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
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
        Demand(result.Error);
        Begin(context.Response, request, null, result.Progress, started);
    }

    private void Begin(HttpResponse response, QueryRequest request, string? format, QueryProgress progress, long started)
    {
        ResponseHeaders.Set(response, engine, request.QueryId);
        response.Headers["X-ClickHouse-Summary"] = Summary.Of(progress, Stopwatch.GetElapsedTime(started));
        if (format is not null)
        {
            response.Headers["X-ClickHouse-Format"] = format;
            response.ContentType = ContentTypes.Of(format);
        }
    }

    private static void Demand(string? error)
    {
        if (error is not null)
        {
            throw ClickHouseException.FromEngine(error);
        }
    }

    private async Task SendErrorAsync(HttpContext context, ClickHouseException error, string queryId)
    {
        if (context.Response.HasStarted)
        {
            await context.Response.WriteAsync(error.Message, context.RequestAborted);
            return;
        }

        context.Response.Clear();
        ResponseHeaders.Set(context.Response, engine, queryId);
        ResponseHeaders.SetError(context.Response, error);
        await context.Response.WriteAsync($"{error.Message} (version {engine.Version})\n", context.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Warning, "{QueryId}: {Error}")]
    private partial void LogFailed(string queryId, string error);

    [LoggerMessage(2, LogLevel.Debug, "{QueryId}: the client went away")]
    private partial void LogAborted(string queryId);
}
