using System.Globalization;
using Andi.AnalyticsApi.Problems;
using Andi.ChangeEvents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Andi.AnalyticsApi.Positions;

/// <summary>How positions travel over HTTP.</summary>
internal static class PositionHeaders
{
    /// <summary>Of an answer: every change up to it is in there.</summary>
    public const string Position = "Andi-Position";

    /// <summary>Of a request: every change up to it is to be in the answer.</summary>
    public const string AtLeast = "Andi-At-Least";
}

/// <summary>Has a request wait for the position that its <c>Andi-At-Least</c> asks for.</summary>
internal sealed class PositionWait(AppliedPositions positions, IOptions<PositionOptions> options)
{
    private const string RetryAfterSeconds = "1";

    /// <summary>
    /// The position that a request asks for, and how it said it; <see cref="Position.None"/> where it asks for none. 400 where what it says is no position.
    /// </summary>
    public static (Position AtLeast, string Wanted, ProblemHttpResult? Problem) Read(HttpRequest request)
    {
        var (atLeast, wanted) = (Position.None, request.Headers[PositionHeaders.AtLeast].ToString());
        return wanted.Length == 0 || Position.TryParse(wanted, out atLeast)
            ? (atLeast, wanted, null)
            : (Position.None, wanted, Problem.Invalid(PositionHeaders.AtLeast, "must be a position as Andi-Position tells it, for instance 16/B374D848."));
    }

    /// <summary>Puts the position that is reached into the answer's <c>Andi-Position</c>.</summary>
    /// <returns>That position's state; and the problem to answer with: 400 for what is no position, 503 for one that is not applied in time.</returns>
    public async Task<(AppliedState State, ProblemHttpResult? Problem)> WaitAsync(HttpContext http)
    {
        var (atLeast, wanted, invalid) = Read(http.Request);
        if (invalid is not null)
        {
            return (AppliedState.None, invalid);
        }

        var state = await positions.WaitAsync(atLeast, http.RequestAborted);
        http.Response.Headers[PositionHeaders.Position] = state.Position.ToString();
        return (state, state.Position < atLeast ? NotYet(http, wanted, state.Position) : null);
    }

    private ProblemHttpResult NotYet(HttpContext http, string wanted, Position position)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Title = "Not applied yet.",
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"The warehouse is at {position}; {PositionHeaders.AtLeast} asks for {wanted}. Waited {options.Value.WaitLimit.TotalSeconds:0.#} s."),
            Extensions = { ["position"] = position.ToString() },
        });
    }
}

/// <summary>
/// Gives a read its position: waits for the one that <c>Andi-At-Least</c> asks for, and tells in <c>Andi-Position</c> the one the answer reflects at least.
/// </summary>
internal sealed class ReadPositionFilter(PositionWait wait, RetentionWatch retention, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var read = http.RequestServices.GetRequiredService<ReadState>();
        if (read.IsPublished)
        {
            // What is published has a position of its own, which the answer tells; nothing of now is a tag of it.
            http.Response.Headers.CacheControl = "private, no-cache";
            http.Response.Headers.Vary = HeaderNames.Authorization;
            return await next(context);
        }

        if (read.IsSet && !http.Request.Headers.ContainsKey(PositionHeaders.AtLeast))
        {
            http.Response.Headers[PositionHeaders.Position] = read.Applied.Position.ToString();
            return await next(context);
        }

        var (state, problem) = await wait.WaitAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        read.Set(state, await retention.CurrentAsync(http.RequestAborted), time.GetUtcNow());
        return await next(context);
    }
}

/// <summary>
/// Lets a client that knows the answer of this very state keep it (ETag, 304).
/// The tag is a weak one: a batch shows in the warehouse a moment before its position is confirmed, so of two answers with one tag the later may hold more.
/// Whoever keeps the earlier keeps one that is true to its position, until the position moves.
/// </summary>
internal sealed class NotModifiedFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var read = http.RequestServices.GetRequiredService<ReadState>();
        if (read.IsPublished)
        {
            return await next(context);
        }

        var tag = new EntityTagHeaderValue($"\"{read.Applied.Tag(read.OldestMonth, read.Today)}\"", isWeak: true);
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = HeaderNames.Authorization;
        if (http.Request.Headers.IfNoneMatch.Count > 0
            && http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.Headers.ETag = tag.ToString();
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var result = await next(context);
        if ((result is INestedHttpResult nested ? nested.Result : result) is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            http.Response.Headers.ETag = tag.ToString();
        }

        return result;
    }
}
