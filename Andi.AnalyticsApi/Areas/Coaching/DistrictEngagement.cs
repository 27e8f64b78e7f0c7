using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>How engagement goes with other measures, in the sessions of a school or of the whole district.</summary>
/// <param name="Level"><c>school</c> or <c>district</c>.</param>
/// <param name="EngagementCiqCorrelation">-1 to 1; null where one of the two did not vary.</param>
/// <param name="EngagementWaitTimeCorrelation">As the other.</param>
internal sealed record Engagement(
    string Level,
    string Id,
    long SessionCount,
    double AvgStudentEngagement,
    double AvgCiqScore,
    double AvgWaitTimeSeconds,
    double? EngagementCiqCorrelation,
    double? EngagementWaitTimeCorrelation);

internal sealed record DistrictEngagement(string DistrictId, string DistrictName, IReadOnlyList<Engagement> Items);

internal static class DistrictEngagementEndpoint
{
    private static readonly WarehouseQuery Query = WarehouseQuery.Of(CoachingArea.FolderName, "district_engagement");

    public static void MapDistrictEngagement(this IEndpointRouteBuilder area) =>
        area.MapGet("/districts/{districtId}/ciq/engagement", ReadAsync)
            .About(CoachingAccess.OfPlaces, PlacesOfSchools.District, "districtId")
            .WithSummary("How engagement goes with CIQ score and wait time, by school and altogether.");

    private static Task<Results<Ok<DistrictEngagement>, ProblemHttpResult>> ReadAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, Questions questions, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.District, districtId, period.Check(),
            () => questions.RowsAsync<Engagement>(Query, period, filter.With("district", districtId), cancellationToken),
            (district, levels) => new DistrictEngagement(district.Id, district.Name, levels), cancellationToken);
}
