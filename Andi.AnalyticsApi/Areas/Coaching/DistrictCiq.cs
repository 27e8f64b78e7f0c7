using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>A month of a district. A correlation is null where one of its measures did not vary.</summary>
internal sealed record DistrictMonth : LessonMeasures
{
    public DateOnly Month { get; init; }

    /// <summary>Teachers with sessions, of all subjects and grades.</summary>
    public long ActiveTeachers { get; init; }

    public double? EngagementCiqCorrelation { get; init; }

    public double? EngagementWaitTimeCorrelation { get; init; }
}

/// <summary>How coaching goes as a whole. Averages are null where there is no session; changes, where there is none in as many months before.</summary>
/// <param name="PreviousSessionCount">In as many months before.</param>
/// <param name="ActiveTeachers">In sessions, resources or the community.</param>
/// <param name="LicensedTeachers">Who are known now.</param>
/// <param name="AdoptionRate">How many of the licensed were active, 0 to 1.</param>
internal sealed record Dashboard(
    long SessionCount,
    double? AvgCiqScore,
    double? AvgEquityScore,
    double? AvgWaitTimeSeconds,
    double? AvgStudentEngagement,
    double? AvgTeacherTalkRatio,
    long PreviousSessionCount,
    double? CiqScoreChange,
    double? EquityScoreChange,
    double? WaitTimeSecondsChange,
    double? StudentEngagementChange,
    long ResourceUseCount,
    long CommunityActivityCount,
    long ActiveTeachers,
    long LicensedTeachers,
    double? AdoptionRate);

/// <param name="Dashboard">Of all subjects and grades.</param>
internal sealed record DistrictCiq(string DistrictId, string DistrictName, string StateId, Dashboard Dashboard, IReadOnlyList<DistrictMonth> Items);

internal static class DistrictCiqEndpoint
{
    private static readonly WarehouseQuery Whole = WarehouseQuery.Of(CoachingArea.FolderName, "executive_dashboard");
    private static readonly WarehouseQuery Trend = WarehouseQuery.Of(CoachingArea.FolderName, "district_trend");

    public static void MapDistrictCiq(this IEndpointRouteBuilder area) =>
        area.MapGet("/districts/{districtId}/ciq", ReadAsync).About(CoachingAccess.OfPlaces, PlacesOfSchools.District, "districtId")
            .WithSummary("A district's dashboard, and the trend month by month.");

    private static Task<Results<Ok<DistrictCiq>, ProblemHttpResult>> ReadAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, Questions questions, CancellationToken cancellationToken)
    {
        return questions.AnswerAsync(Entities.District, districtId, period.Check(), AskAsync,
            (district, found) => new DistrictCiq(district.Id, district.Name, district.StateId, found.Whole[0], found.Trend), cancellationToken);

        async Task<(IReadOnlyList<Dashboard> Whole, IReadOnlyList<DistrictMonth> Trend)> AskAsync()
        {
            var first = questions.RowsAsync<Dashboard>(Whole, period, new() { { "district", districtId }, { "state", (string?)null } }, cancellationToken);
            var second = questions.RowsAsync<DistrictMonth>(Trend, period, filter.With("district", districtId), cancellationToken);
            await Task.WhenAll(first, second);
            return (await first, await second);
        }
    }
}
