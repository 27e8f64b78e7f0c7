using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a group did in one dimension of a test.</summary>
/// <param name="StudentCount">Students who have a score in the dimension.</param>
/// <param name="Suppressed">Why figures are null that are there: <c>small group</c>. Left out where nothing is withheld.</param>
internal sealed record DimensionScores(
    string SchoolYear, string TestId, string Dimension, long? StudentCount, double? AvgScore, double? MedianScore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suppressed = null);

/// <param name="SchoolYear">That all items are of; null where each is of its own, or there are none.</param>
internal sealed record DimensionScoresList(string? SchoolYear, IReadOnlyList<DimensionScores> Items);

internal static class DimensionScoresEndpoints
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "dimension_scores");

    public static void MapDimensionScores(this IEndpointRouteBuilder area)
    {
        Map(area, ScoredPlaces.Classroom);
        Map(area, ScoredPlaces.School);
        Map(area, ScoredPlaces.District);
    }

    private static void Map<T>(IEndpointRouteBuilder area, ScoredPlace<T> place)
        where T : class => area
        .MapGet($"{place.Route}/dimensions", (
            string id, [AsParameters] ScoreFilter filter, Questions questions, ProtectedQuestions published, CancellationToken cancellationToken) =>
        {
            if (published.IsAbout)
            {
                return published.AnswerAsync(
                    place, id, filter, (_, found) => Task.FromResult(new DimensionScoresList(found.SchoolYear, found.Scores.Dimensions(place.Contains(id)))),
                    cancellationToken);
            }

            var parameters = filter.With("entity", id);
            parameters.Add("level", place.Level);
            return questions.AnswerAsync(
                place.Kind, id, filter, () => questions.RowsAsync<DimensionScores>(Scores, parameters, cancellationToken),
                (_, all) =>
                {
                    var (year, rows) = filter.Choose(all, row => row.SchoolYear);
                    return new DimensionScoresList(year, rows);
                },
                cancellationToken);
        })
        .About(place.Resource, place.Kind.Thing, "id")
        .WithSummary($"How a {place.Level} did in each dimension of each test.");
}
