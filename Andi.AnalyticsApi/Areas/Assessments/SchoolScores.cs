using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How one grade of a school did in one subject.</summary>
/// <param name="StudentCount">Scores: one for each student, test and school year.</param>
/// <param name="ScoreStdDev">Of the whole population.</param>
internal sealed record SchoolGradeScores(string Grade, string Subject, long StudentCount, double AvgScore, double MedianScore, double ScoreStdDev);

internal sealed record SchoolScores(string SchoolId, string SchoolName, string DistrictId, IReadOnlyList<SchoolGradeScores> Items);

internal static class SchoolScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "school_scores");

    public static void MapSchoolScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/schools/{schoolId}/scores", ReadAsync).WithSummary("How a school did, by grade and subject.");

    private static Task<Results<Ok<SchoolScores>, ProblemHttpResult>> ReadAsync(
        string schoolId, [AsParameters] ScoreFilter filter, Questions questions, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.School, schoolId, filter, () => questions.RowsAsync<SchoolGradeScores>(Scores, filter.With("school", schoolId), cancellationToken),
            (school, rows) => new SchoolScores(school.Id, school.Name, school.DistrictId, rows), cancellationToken);
}
