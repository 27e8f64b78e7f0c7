using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How one grade of a district did in a test of a year. Statistics are null where there are no scores.</summary>
/// <param name="Subject">The test's now.</param>
/// <param name="StudentCount">Students who have a score.</param>
/// <param name="ExemptCount">Students who were exempt; like those absent and those whose test was invalidated they are in no other figure.</param>
/// <param name="Q1Score">First quartile.</param>
/// <param name="Q3Score">Third quartile.</param>
/// <param name="Suppressed">Why figures are null that are there: <c>small group</c>. Left out where nothing is withheld.</param>
internal sealed record DistrictGradeScores(
    string SchoolYear,
    string TestId,
    string? Subject,
    string Grade,
    long? StudentCount,
    long? ExemptCount,
    long? AbsentCount,
    long? InvalidatedCount,
    double? AvgScore,
    double? MedianScore,
    double? Q1Score,
    double? Q3Score,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suppressed = null);

/// <param name="SchoolYear">That all items are of; null where each is of its own, or there are none.</param>
internal sealed record DistrictScores(string DistrictId, string DistrictName, string StateId, string? SchoolYear, IReadOnlyList<DistrictGradeScores> Items);

internal static class DistrictScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "district_scores");

    public static void MapDistrictScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/districts/{districtId}/scores", ReadAsync).About(AssessmentsAccess.DistrictScores, PlacesOfSchools.District, "districtId")
            .WithSummary("How a district did, by test and grade.");

    private static async Task<Results<Ok<DistrictScores>, ProblemHttpResult>> ReadAsync(
        string districtId, [AsParameters] ScoreFilter filter, Questions questions, ProtectedQuestions published, CancellationToken cancellationToken)
    {
        if (published.IsAbout)
        {
            return await published.AnswerAsync(
                ScoredPlaces.District, districtId, filter,
                (district, found) => Task.FromResult(
                    new DistrictScores(district.Id, district.Name, district.StateId, found.SchoolYear, found.Scores.District())),
                cancellationToken);
        }

        var (problem, district, all) = await questions.AskAsync(
            Entities.District, districtId, filter,
            () => questions.RowsAsync<DistrictGradeScores>(Scores, filter.With("district", districtId), cancellationToken), cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var (year, rows) = filter.Choose(all, row => row.SchoolYear);
        var tests = await questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
        return TypedResults.Ok(new DistrictScores(
            district.Id, district.Name, district.StateId, year,
            [.. rows.Select(row => row with { Subject = tests.GetValueOrDefault(row.TestId)?.Subject })]));
    }
}
