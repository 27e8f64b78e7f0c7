using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Errors;
using Andi.EmbeddedClickHouse.Security;
using Andi.EmbeddedClickHouse.Statements;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>Takes a statement over HTTP, runs it and sends its result or its error.</summary>
internal sealed partial class QueryEndpoint(
    EngineHost engine, ConnectionGate gate, ServerStop stop, PasswordCheck password, StatementGuard guard, IOptions<EmbeddedClickHouseOptions> options,
    ILogger<QueryEndpoint> logger)
{
    private const string Expressions = "input_format_values_interpret_expressions";

    public async Task HandleAsync(HttpContext context)
    {
        var queryId = "";
        try
        {
            var user = password.Demand(context.Request);
            var request = QueryRequest.Of(context.Request);
            queryId = request.QueryId;
            await using var sink = new ResultSink(context, request, engine, options.Value.ClientTimeout);
            try
            {
                await RunAsync(context, user, request, sink);
                await sink.CompleteAsync(context.RequestAborted);
            }
            catch (ClickHouseException error) when (sink.Begun)
            {
                LogFailed(queryId, error.Message);
                await sink.BreakOffAsync(error, context.RequestAborted);
                throw new AnswerBrokenOffException();
            }
        }
        catch (Exception error) when (error is OperationCanceledException || context.RequestAborted.IsCancellationRequested)
        {
            LogAborted(queryId, error.Message);
        }
        catch (ClickHouseException error)
        {
            LogFailed(queryId, error.Message);
            await SendErrorAsync(context, error, queryId);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await SendErrorAsync(context, ClickHouseException.Of(ErrorCode.CannotReadAllData, $"The body did not come whole: {error.Message}"), queryId);
        }
        catch (InvalidDataException error)
        {
            await SendErrorAsync(context, ClickHouseException.Of(ErrorCode.ZlibInflateFailed, $"The body could not be decompressed: {error.Message}"), queryId);
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            LogBroken(queryId, error);
            await SendErrorAsync(context, ClickHouseException.Of(ErrorCode.UnknownException, error.Message), queryId);
        }
    }

    private async Task RunAsync(HttpContext context, User user, QueryRequest request, ResultSink sink)
    {
        var aborted = context.RequestAborted;
        await using var body = await request.TakeFormAsync(context.Request, aborted) ? Stream.Null : RequestBody.Open(context, options.Value.ClientTimeout);
        using var reader = new StatementReader(body, options.Value.MaxStatementBytes);
        var statement = await reader.ReadAsync(request.Query, aborted);
        switch (statement)
        {
            case InsertText insert:
                {
                    if (insert.IsFollowedByStatement(reader.Text[insert.DataStart..].Span))
                    {
                        throw ClickHouseException.Of(ErrorCode.SyntaxError, "Syntax error (Multi-statements are not allowed)");
                    }

                    guard.Demand(reader.Text[..insert.HeadEnd].Span, mayBeSelect: false, request.Settings);
                    using var place = await gate.EnterAsync(aborted);
                    using var connection = engine.Open(user, InsertSettings(user, request), request.Database, out var tag);

                    // A client that goes away before its rows are all here ends the INSERT by that. Once they are, they are written.
                    using var running = new RunningStatement(engine, tag, logger, stop.Now);
                    await InsertRunner.RunAsync(connection, reader, insert, body, request, sink, aborted);
                    break;
                }

            case PlainText plain:
                {
                    Demand(plain.ClientOnly);
                    guard.Demand(reader.Text.Span, plain.MayBeSelect, request.Settings);
                    using var place = await gate.EnterAsync(aborted);
                    using var connection = engine.Open(user, request.Settings, request.Database, out var tag);
                    StatementGuard.DemandKind(user, connection, reader.Text.Span);
                    using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, stop.Now);
                    using var running = new RunningStatement(engine, tag, logger, either.Token);
                    await SelectRunner.RunAsync(connection, running, reader.Text, plain, request, sink, aborted);
                    break;
                }

            default:
                throw ClickHouseException.Of(ErrorCode.SyntaxError, "Empty query.");
        }
    }

    // VALUES may hold expressions, which nothing looks at: a named user's are values.
    private static List<KeyValuePair<string, string>> InsertSettings(User user, QueryRequest request) => user.IsNamed
        ? [.. request.Settings.Where(setting => setting.Key != Expressions), new(Expressions, "0")]
        : request.Settings;

    private static void Demand(ClientOnlyClause clauses)
    {
        if (clauses.HasFlag(ClientOnlyClause.IntoOutfile))
        {
            throw ClickHouseException.Of(ErrorCode.IntoOutfileNotAllowed, "INTO OUTFILE is not allowed");
        }

        if (clauses.HasFlag(ClientOnlyClause.FromInfile))
        {
            throw ClickHouseException.Of(ErrorCode.NotImplemented, "FROM INFILE is for command-line clients");
        }

        if (clauses.HasFlag(ClientOnlyClause.Input))
        {
            throw ClickHouseException.Of(ErrorCode.NotImplemented, "The table function input is not served here: insert into a table or view instead");
        }
    }

    private async Task SendErrorAsync(HttpContext context, ClickHouseException error, string queryId)
    {
        context.Response.Clear();
        ResponseHeaders.Set(context.Response, engine, queryId);
        ResponseHeaders.SetError(context.Response, error);
        await context.Response.WriteAsync(ErrorText.Of(error, engine.Version), context.RequestAborted);
    }

    [LoggerMessage(10, LogLevel.Warning, "{QueryId}: {Error}")]
    private partial void LogFailed(string queryId, string error);

    [LoggerMessage(12, LogLevel.Error, "{QueryId}: failed in this server, not in the engine")]
    private partial void LogBroken(string queryId, Exception error);

    [LoggerMessage(11, LogLevel.Debug, "{QueryId}: the client went away ({Reason})")]
    private partial void LogAborted(string queryId, string reason);
}
