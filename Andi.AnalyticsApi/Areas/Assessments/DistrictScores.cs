using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How one grade of a district did in one subject.</summary>
/// <param name="StudentCount">Scores: one for each student, test and school year.</param>
/// <param name="Q1Score">First quartile.</param>
/// <param name="Q3Score">Third quartile.</param>
internal sealed record DistrictGradeScores(
    string Grade, string Subject, long StudentCount, double AvgScore, double MedianScore, double Q1Score, double Q3Score);

internal sealed record DistrictScores(string DistrictId, string DistrictName, string StateId, IReadOnlyList<DistrictGradeScores> Items);

internal static class DistrictScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "district_scores");

    public static void MapDistrictScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/districts/{districtId}/scores", ReadAsync).WithSummary("How a district did, by grade and subject.");

    private static Task<Results<Ok<DistrictScores>, ProblemHttpResult>> ReadAsync(
        string districtId, [AsParameters] ScoreFilter filter, Questions questions, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.District, districtId, filter,
            () => questions.RowsAsync<DistrictGradeScores>(Scores, filter.With("district", districtId), cancellationToken),
            (district, rows) => new DistrictScores(district.Id, district.Name, district.StateId, rows), cancellationToken);
}
