using System.ComponentModel;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>A week of the community, named by its Monday.</summary>
/// <param name="TeacherCount">Who took part.</param>
internal sealed record CommunityWeek(
    DateOnly Week,
    long ActivityCount,
    long TeacherCount,
    long PostCount,
    long ReplyCount,
    long LikeCount,
    long ShareCount,
    long MentorCount,
    double ActivitiesPerTeacher);

/// <summary>A forum of the community.</summary>
/// <param name="TeacherCount">Who took part.</param>
internal sealed record CommunityForum(
    string ForumName,
    long ActivityCount,
    long TeacherCount,
    long PostCount,
    long ReplyCount,
    long LikeCount,
    long ShareCount,
    long MentorCount,
    double ActivitiesPerTeacher);

/// <param name="Items">Week by week.</param>
/// <param name="Forums">The liveliest first.</param>
internal sealed record CommunityActivity(IReadOnlyList<CommunityWeek> Items, IReadOnlyList<CommunityForum> Forums);

internal static class CommunityEndpoints
{
    private static readonly WarehouseQuery Weekly = WarehouseQuery.Of(CoachingArea.FolderName, "community_engagement");
    private static readonly WarehouseQuery Forums = WarehouseQuery.Of(CoachingArea.FolderName, "community_forums");

    public static void MapCommunityActivity(this IEndpointRouteBuilder area) =>
        area.MapGet("/community/activity", ActivityAsync)
            .Lists(CoachingAccess.Overviews)
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.District, "districtId")
            .WithSummary("How lively the community is, week by week and by forum.");

    private static async Task<Results<Ok<CommunityActivity>, ProblemHttpResult>> ActivityAsync(
        string? districtId, [Description("A forum; omitted: all.")] string? forum,
        [AsParameters] Period period, Scope scope, Questions questions,
        CancellationToken cancellationToken)
    {
        if ((period.Check() ?? await questions.UnknownAsync(Entities.District, districtId, cancellationToken)) is { } problem)
        {
            return problem;
        }

        var weeks = questions.RowsAsync<CommunityWeek>(
            Weekly, period, new() { { "district", scope.Limit(PlacesOfSchools.District, districtId) }, { "forum", forum } }, cancellationToken);
        var forums = questions.RowsAsync<CommunityForum>(
            Forums, period, new() { { "district", scope.Limit(PlacesOfSchools.District, districtId) }, { "forum", forum } }, cancellationToken);
        await Task.WhenAll(weeks, forums);
        return TypedResults.Ok(new CommunityActivity(await weeks, await forums));
    }
}
