using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Districts;

/// <summary>How one grade of a district did in one subject.</summary>
/// <param name="StudentCount">Scores: one for each student, test and school year.</param>
/// <param name="Q1Score">First quartile.</param>
/// <param name="Q3Score">Third quartile.</param>
internal sealed record DistrictGradeScores(
    string Grade, string Subject, long StudentCount, double AvgScore, double MedianScore, double Q1Score, double Q3Score);

internal sealed record DistrictScores(string DistrictId, string DistrictName, string StateId, IReadOnlyList<DistrictGradeScores> Items);


internal static class DistrictEndpoints
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsEndpoints.Area, "district_scores");

    public static void MapDistricts(this IEndpointRouteBuilder area) =>
        area.MapGet("/districts/{districtId}/scores", ScoresAsync).WithSummary("How a district did, by grade and subject.");

    private static async Task<Results<Ok<DistrictScores>, ProblemHttpResult>> ScoresAsync(
        string districtId, [AsParameters] ScoreFilter filter, ScoreQuestions questions, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync<District, DistrictGradeScores>(
            Entities.District, districtId, filter, Scores, filter.With("district", districtId), cancellationToken);
        return answer.Problem is not null
            ? answer.Problem
            : TypedResults.Ok(new DistrictScores(answer.About.Id, answer.About.Name, answer.About.StateId, answer.Rows));
    }
}
