using Andi.AnalyticsApi.Assessments;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Coaching.Community;

internal static class CommunityEndpoints
{
    private static readonly WarehouseQuery Weekly = WarehouseQuery.Of(CoachingEndpoints.Area, "community_engagement");
    private static readonly WarehouseQuery Forums = WarehouseQuery.Of(CoachingEndpoints.Area, "community_forums");

    public static void MapCommunity(this IEndpointRouteBuilder area) =>
        area.MapGet("/community/activity", ActivityAsync).WithSummary("How lively the community is, week by week and by forum.");

    private static async Task<Results<Ok<CommunityActivity>, ProblemHttpResult>> ActivityAsync(
        string? districtId, string? forum, [AsParameters] Period period, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if ((period.Check() ?? await questions.UnknownAsync(Entities.District, districtId, cancellationToken)) is { } problem)
        {
            return problem;
        }

        var weeks = questions.RowsAsync<CommunityWeek>(
            Weekly, period, new() { { "district", districtId }, { "forum", forum } }, cancellationToken);
        var forums = questions.RowsAsync<CommunityForum>(
            Forums, period, new() { { "district", districtId }, { "forum", forum } }, cancellationToken);
        await Task.WhenAll(weeks, forums);
        return TypedResults.Ok(new CommunityActivity(await weeks, await forums));
    }
}
