using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Dimensions;

/// <summary>How a group did in one dimension.</summary>
/// <param name="StudentCount">Scores that have the dimension: one for each student, test and school year.</param>
internal sealed record DimensionScores(string Dimension, long StudentCount, double AvgScore, double MedianScore);

internal sealed record DimensionScoresList(IReadOnlyList<DimensionScores> Items);


internal static class DimensionEndpoints
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsEndpoints.Area, "dimension_scores");

    public static void MapDimensions(this IEndpointRouteBuilder area)
    {
        Map(area, "/classrooms/{id}/dimensions", "classroom", Entities.Teacher);
        Map(area, "/schools/{id}/dimensions", "school", Entities.School);
        Map(area, "/districts/{id}/dimensions", "district", Entities.District);
    }

    private static void Map<T>(IEndpointRouteBuilder area, string route, string level, EntityKind<T> kind)
        where T : class => area
        .MapGet(route, (string id, [AsParameters] ScoreFilter filter, ScoreQuestions questions, CancellationToken cancellationToken) =>
            ScoresAsync(level, kind, id, filter, questions, cancellationToken))
        .WithSummary($"How a {level} did in each dimension.");

    private static async Task<Results<Ok<DimensionScoresList>, ProblemHttpResult>> ScoresAsync<T>(
        string level, EntityKind<T> kind, string id, ScoreFilter filter, ScoreQuestions questions, CancellationToken cancellationToken)
        where T : class
    {
        var parameters = filter.With("entity", id);
        parameters.Add("level", level);
        var answer = await questions.AskAsync<T, DimensionScores>(kind, id, filter, Scores, parameters, cancellationToken);
        return answer.Problem is not null ? answer.Problem : TypedResults.Ok(new DimensionScoresList(answer.Rows));
    }
}
