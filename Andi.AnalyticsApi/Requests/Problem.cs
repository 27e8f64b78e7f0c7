using System.Globalization;
using Andi.AnalyticsApi.Positions;
using Andi.ChangeEvents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Requests;

/// <summary>The problem documents of the read side.</summary>
internal static class Problem
{
    private const int RetryAfterSeconds = 1;

    /// <summary>400 naming the field and the reason.</summary>
    public static ProblemHttpResult Invalid(string field, string reason) => TypedResults.Problem(new HttpValidationProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request is not valid.",
        Detail = $"'{field}': {reason}",
        Errors = { [field] = [reason] },
    });

    /// <summary>404 naming the thing and its id.</summary>
    public static ProblemHttpResult NotFound(string thing, string id) => TypedResults.Problem(
        statusCode: StatusCodes.Status404NotFound, title: "Not found.", detail: $"There is no {thing} with id '{id}'.");

    /// <summary>503: the position asked for is not applied yet.</summary>
    public static ProblemHttpResult NotYet(HttpContext http, string wanted, Position position, TimeSpan waited)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(new ProblemDetails
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Title = "Not applied yet.",
            Detail = string.Create(
                CultureInfo.InvariantCulture,
                $"The warehouse is at {position}; {PositionHeaders.AtLeast} asks for {wanted}. Waited {waited.TotalSeconds:0.#} s."),
            Extensions = { ["position"] = position.ToString() },
        });
    }
}
