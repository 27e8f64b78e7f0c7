using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Problems;

/// <summary>The problem documents of the read side.</summary>
internal static class Problem
{
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
}
