using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How one grade of a school did in a test of a year. Statistics are null where there are no scores.</summary>
/// <param name="Subject">The test's now.</param>
/// <param name="StudentCount">Students who have a score.</param>
/// <param name="ExemptCount">Students who were exempt; like those absent and those whose test was invalidated they are in no other figure.</param>
/// <param name="ScoreStdDev">Of the whole population.</param>
/// <param name="Suppressed">Why figures are null that are there: <c>small group</c>. Left out where nothing is withheld.</param>
internal sealed record SchoolGradeScores(
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
    double? ScoreStdDev,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suppressed = null);

/// <param name="SchoolYear">That all items are of; null where each is of its own, or there are none.</param>
internal sealed record SchoolScores(string SchoolId, string SchoolName, string DistrictId, string? SchoolYear, IReadOnlyList<SchoolGradeScores> Items);

internal static class SchoolScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "school_scores");

    public static void MapSchoolScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/schools/{schoolId}/scores", ReadAsync).About(AssessmentsAccess.SchoolScores, PlacesOfSchools.School, "schoolId")
            .WithSummary("How a school did, by test and grade.");

    private static async Task<Results<Ok<SchoolScores>, ProblemHttpResult>> ReadAsync(
        string schoolId, [AsParameters] ScoreFilter filter, Questions questions, ProtectedQuestions published, CancellationToken cancellationToken)
    {
        if (published.IsAbout)
        {
            return await published.AnswerAsync(
                ScoredPlaces.School, schoolId, filter,
                (school, found) => Task.FromResult(
                    new SchoolScores(school.Id, school.Name, school.DistrictId, found.SchoolYear, found.Scores.School(school.Id))),
                cancellationToken);
        }

        var (problem, school, all) = await questions.AskAsync(
            Entities.School, schoolId, filter, () => questions.RowsAsync<SchoolGradeScores>(Scores, filter.With("school", schoolId), cancellationToken),
            cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var (year, rows) = filter.Choose(all, row => row.SchoolYear);
        var tests = await questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
        return TypedResults.Ok(new SchoolScores(
            school.Id, school.Name, school.DistrictId, year, [.. rows.Select(row => row with { Subject = tests.GetValueOrDefault(row.TestId)?.Subject })]));
    }
}
