using Andi.AnalyticsApi.Positions;
using Andi.ChangeEvents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Disclosure;

/// <summary>How the position of what is told travels over HTTP.</summary>
internal static class PublishedPosition
{
    // What is told is rarely made anew; asking again at once is of no use.
    private const string RetryAfterSeconds = "30";

    /// <summary>
    /// Puts it into the answer's <c>Andi-Position</c>. Null, or what to answer instead where <c>Andi-At-Least</c> asks for more: nobody waits for that.
    /// </summary>
    public static ProblemHttpResult? Tell(HttpContext http, Position position)
    {
        http.Response.Headers[PositionHeaders.Position] = position.ToString();
        var (atLeast, wanted, invalid) = PositionWait.Read(http.Request);
        if (invalid is not null || position >= atLeast)
        {
            return invalid;
        }

        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(
            statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not published yet.",
            detail: $"What you may see was published at {position}; {PositionHeaders.AtLeast} asks for {wanted}. "
                + "It moves on when enough people have changed.");
    }
}
