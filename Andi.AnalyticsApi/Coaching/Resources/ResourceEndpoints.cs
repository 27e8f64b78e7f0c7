using Andi.AnalyticsApi.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Coaching.Resources;

internal static class ResourceEndpoints
{
    private static readonly WarehouseQuery Usage = WarehouseQuery.Of(CoachingEndpoints.Area, "resource_usage");
    private static readonly WarehouseQuery Weekly = WarehouseQuery.Of(CoachingEndpoints.Area, "resource_usage_weekly");

    public static void MapResourceUsage(this IEndpointRouteBuilder area)
    {
        area.MapGet("/resources/usage", UsageAsync).WithSummary("Which resources are used, how, and how they are rated; the most used first.");
        area.MapGet("/resources/usage/weekly", WeeklyAsync).WithSummary("How the use of resources develops, week by week.");
    }

    private static async Task<Results<Ok<ResourceUsage>, ProblemHttpResult>> UsageAsync(
        string? districtId, string? resourceId, [AsParameters] Period period, [AsParameters] UsagePage page, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if ((period.Check() ?? page.Check() ?? await UnknownAsync(districtId, resourceId, questions, cancellationToken)) is { } problem)
        {
            return problem;
        }

        var parameters = new ClickHouseParameters { { "district", districtId }, { "resource", resourceId } };
        page.AddTo(parameters);
        return TypedResults.Ok(page.Of(await questions.RowsAsync<ResourceUses>(Usage, period, parameters, cancellationToken)));
    }

    private static async Task<Results<Ok<ResourceWeeks>, ProblemHttpResult>> WeeklyAsync(
        string? districtId, string? resourceId, [AsParameters] Period period, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if ((period.Check() ?? await UnknownAsync(districtId, resourceId, questions, cancellationToken)) is { } problem)
        {
            return problem;
        }

        return TypedResults.Ok(new ResourceWeeks(await questions.RowsAsync<ResourceWeek>(
            Weekly, period, new() { { "district", districtId }, { "resource", resourceId } }, cancellationToken)));
    }

    private static async Task<ProblemHttpResult?> UnknownAsync(string? districtId, string? resourceId, CoachingQuestions questions, CancellationToken cancellationToken) =>
        await questions.UnknownAsync(Entities.District, districtId, cancellationToken) ?? await questions.UnknownAsync(Resource.Entity, resourceId, cancellationToken);
}
