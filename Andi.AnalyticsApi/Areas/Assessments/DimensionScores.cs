using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a group did in one dimension.</summary>
/// <param name="StudentCount">Scores that have the dimension: one for each student, test and school year.</param>
internal sealed record DimensionScores(string Dimension, long StudentCount, double AvgScore, double MedianScore);

internal sealed record DimensionScoresList(IReadOnlyList<DimensionScores> Items);

internal static class DimensionScoresEndpoints
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "dimension_scores");

    public static void MapDimensionScores(this IEndpointRouteBuilder area)
    {
        Map(area, "/classrooms/{id}/dimensions", "classroom", Entities.Teacher);
        Map(area, "/schools/{id}/dimensions", "school", Entities.School);
        Map(area, "/districts/{id}/dimensions", "district", Entities.District);
    }

    private static void Map<T>(IEndpointRouteBuilder area, string route, string level, EntityKind<T> kind)
        where T : class => area
        .MapGet(route, (string id, [AsParameters] ScoreFilter filter, Questions questions, CancellationToken cancellationToken) =>
        {
            var parameters = filter.With("entity", id);
            parameters.Add("level", level);
            return questions.AnswerAsync(
                kind, id, filter, () => questions.RowsAsync<DimensionScores>(Scores, parameters, cancellationToken), (_, rows) => new DimensionScoresList(rows),
                cancellationToken);
        })
        .WithSummary($"How a {level} did in each dimension.");
}
