using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
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
        Map(area, "/classrooms/{id}/dimensions", "classroom", Entities.Teacher, "classroom_districts", "teacher", AssessmentsAccess.ClassroomScores,
            id => path => path[PublishedTest.Teacher] == id);
        Map(area, "/schools/{id}/dimensions", "school", Entities.School, "school_districts", "school", AssessmentsAccess.SchoolScores,
            id => path => path[PublishedTest.School] == id);
        Map(area, "/districts/{id}/dimensions", "district", Entities.District, "district_years", "district", AssessmentsAccess.DistrictScores, _ => _ => true);
    }

    private static void Map<T>(
        IEndpointRouteBuilder area, string route, string level, EntityKind<T> kind, string districts, string parameter, string resource,
        Func<string, Func<string[], bool>> contains)
        where T : class => area
        .MapGet(route, (string id, [AsParameters] ScoreFilter filter, Questions questions, ProtectedQuestions published, CancellationToken cancellationToken) =>
        {
            if (published.IsAbout)
            {
                return published.AnswerAsync(
                    kind, id, WarehouseQuery.Of(AssessmentsArea.FolderName, districts), parameter, filter,
                    (_, found) => Task.FromResult(new DimensionScoresList(found.SchoolYear, found.Scores.Dimensions(contains(id)))), cancellationToken);
            }

            var parameters = filter.With("entity", id);
            parameters.Add("level", level);
            return questions.AnswerAsync(
                kind, id, filter, () => questions.RowsAsync<DimensionScores>(Scores, parameters, cancellationToken),
                (_, all) =>
                {
                    var (year, rows) = filter.Choose(all, row => row.SchoolYear);
                    return new DimensionScoresList(year, rows);
                },
                cancellationToken);
        })
        .About(resource, kind.Thing, "id")
        .WithSummary($"How a {level} did in each dimension of each test.");
}
