using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using Andi.AnalyticsApi.Problems;
using Andi.ChangeEvents;
using Andi.Requests;
using Andi.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Andi.AnalyticsApi.Streaming;

/// <summary>Tells open pages when to draw anew what they show.</summary>
internal static class StreamEndpoint
{
    private const string Resource = "stream";
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Whoever reads answers may know when they are of before. Systems that write read none.</summary>
    public static IEnumerable<AccessRule> Access => Roles.All.Except([Roles.Service]).Select(role => new AccessRule(role, Resource, Actions.Read));

    // It lasts as long as the page: how long is no figure of how fast answers are.
    public static void MapStream(this IEndpointRouteBuilder v1) => v1.MapGet("/stream", OpenAsync)
        .WithTags("Operations")
        .Needs(Actions.Read, Resource)
        .WithSummary("Tells as server-sent events which tables moved, and how far the warehouse is.")
        .Produces<PositionEvent>(StatusCodes.Status200OK, "text/event-stream")
        .DisableRequestTimeout()
        .DisableHttpMetrics();

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> OpenAsync(
        [FromHeader(Name = LastEventId), Description(
            "The position that the caller knows: the id of the last event, or the Andi-Position of an answer. The first event then names the tables that moved "
            + "since; omitted: none.")]
        string? last,
        PositionFeed feed, EventWriter writer, HttpContext http)
    {
        var known = Position.None;
        if (last is not null && !Position.TryParse(last, out known))
        {
            return Problem.Invalid(LastEventId, "must be the id of an event, or a position as Andi-Position tells it, for instance 16/B374D848.");
        }

        var caller = Caller.Of(http.User)!;
        if (feed.Subscribe(caller, last is null ? null : known, out var reached) is not { } subscription)
        {
            return writer.Refuse(http, caller, reached);
        }

        try
        {
            await writer.WriteAsync(http, subscription, caller);
        }
        finally
        {
            feed.Unsubscribe(subscription);
        }

        return TypedResults.Empty;
    }
}

/// <summary>Writes streams, until the caller goes away, the token is not accepted any more, or the process stops.</summary>
internal sealed partial class EventWriter(
    PositionFeed feed, TokenWatch tokens, IHostApplicationLifetime lifetime, IOptions<StreamOptions> options, TimeProvider time, ILogger<EventWriter> logger)
{
    private const int CallerRetrySeconds = 10;
    private const int ProcessRetrySeconds = 5;

    // How long a reader waits before coming back after the end of a stream, in milliseconds.
    private static readonly byte[] Retry = "retry: 2000\n"u8.ToArray();

    public ProblemHttpResult Refuse(HttpContext http, Caller caller, StreamLimit reached)
    {
        var isCaller = reached == StreamLimit.OfCaller;
        LogRefused(caller.Role, reached);
        http.Response.Headers.RetryAfter = (isCaller ? CallerRetrySeconds : ProcessRetrySeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            statusCode: isCaller ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable,
            title: "Too many streams.",
            detail: isCaller
                ? $"This caller has {options.Value.MaxStreamsPerCaller} streams open, which is as many as one may have; close one."
                : "As many streams are open as this service takes; try again later.");
    }

    public async Task WriteAsync(HttpContext http, Subscription subscription, Caller caller)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await subscription.WaitAsync(end.Token);
            Begin(http);
            if (!http.IsHead())
            {
                await TellAsync(http, subscription, caller, end.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception gone) when (end.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            // Nobody is there to be told.
        }
    }

    private static void Begin(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
    }

    // One who does not read would hold up the end of the process.
    private static async Task FlushAsync(HttpContext http, CancellationToken cancellationToken)
    {
        try
        {
            await http.Response.BodyWriter.FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
            throw;
        }
    }

    private async Task TellAsync(HttpContext http, Subscription subscription, Caller caller, CancellationToken cancellationToken)
    {
        var body = http.Response.BodyWriter;
        body.Write(Retry);
        await using var beat = time.CreateTimer(_ => subscription.Beat(), null, options.Value.Heartbeat, options.Value.Heartbeat);
        while (true)
        {
            await subscription.WaitAsync(cancellationToken);
            // Before it is taken: what has moved up to there is among what is taken, or was told before.
            var position = feed.Position;
            var (moved, isBeatDue) = subscription.Take();
            if (isBeatDue && !await tokens.IsAcceptedAsync(http))
            {
                LogTokenEnded(caller.Role);
                return;
            }

            if (moved is not null)
            {
                position = moved.Position > position ? moved.Position : position;
                body.Write(moved.Bytes);
                StreamMetrics.Events.Add(1);
            }

            if (isBeatDue)
            {
                // An id without data is no event: whoever comes back later has missed less.
                body.Write(Encoding.UTF8.GetBytes($": alive\nid: {position}\n\n"));
            }

            await FlushAsync(http, cancellationToken);
            if (moved is not null)
            {
                await Task.Delay(options.Value.MinInterval, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(4103, LogLevel.Warning, "A stream was not opened for a caller of the role {Role}: the limit {Limit} is reached")]
    private partial void LogRefused(string role, StreamLimit limit);

    [LoggerMessage(4104, LogLevel.Information, "A stream of a caller of the role {Role} was ended: its token has expired or was revoked")]
    private partial void LogTokenEnded(string role);
}
