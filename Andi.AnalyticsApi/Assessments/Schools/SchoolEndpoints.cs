using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Schools;

/// <summary>How one grade of a school did in one subject.</summary>
/// <param name="StudentCount">Scores: one for each student, test and school year.</param>
/// <param name="ScoreStdDev">Of the whole population.</param>
internal sealed record SchoolGradeScores(string Grade, string Subject, long StudentCount, double AvgScore, double MedianScore, double ScoreStdDev);

internal sealed record SchoolScores(string SchoolId, string SchoolName, string DistrictId, IReadOnlyList<SchoolGradeScores> Items);


internal static class SchoolEndpoints
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsEndpoints.Area, "school_scores");

    public static void MapSchools(this IEndpointRouteBuilder area) =>
        area.MapGet("/schools/{schoolId}/scores", ScoresAsync).WithSummary("How a school did, by grade and subject.");

    private static async Task<Results<Ok<SchoolScores>, ProblemHttpResult>> ScoresAsync(
        string schoolId, [AsParameters] ScoreFilter filter, ScoreQuestions questions, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync<School, SchoolGradeScores>(
            Entities.School, schoolId, filter, Scores, filter.With("school", schoolId), cancellationToken);
        return answer.Problem is not null
            ? answer.Problem
            : TypedResults.Ok(new SchoolScores(answer.About.Id, answer.About.Name, answer.About.DistrictId, answer.Rows));
    }
}
