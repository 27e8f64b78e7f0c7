using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How often a score was reached in a test of a year.</summary>
internal sealed record ScoreFrequency(string SchoolYear, string TestId, double Score, long Count);

/// <summary>How often each score was reached, ascending, test by test.</summary>
/// <param name="SchoolYear">That all items are of; null where each is of its own, or there are none.</param>
/// <param name="Suppressed">Why figures are null that are there: <c>small group</c>. Left out where nothing is withheld.</param>
internal sealed record ScoreDistribution(
    string? SchoolYear, IReadOnlyList<ScoreFrequency> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suppressed = null)
{
    /// <summary>Adds up an answer of years, tests and histograms; scores that were all taken back are left out.</summary>
    public static IReadOnlyList<ScoreFrequency> Read(RowBinaryReader rows)
    {
        var tests = new Dictionary<(string SchoolYear, string TestId), Dictionary<int, long>>();
        while (!rows.AtEnd)
        {
            var key = (rows.ReadText(), rows.ReadText());
            if (!tests.TryGetValue(key, out var counts))
            {
                tests.Add(key, counts = []);
            }

            ScoreCounts.Add(ref rows, counts);
        }

        return
        [
            .. tests.OrderBy(test => test.Key.SchoolYear, Utf8Order.Instance).ThenBy(test => test.Key.TestId, Utf8Order.Instance)
                .SelectMany(test => test.Value.Where(entry => entry.Value > 0).OrderBy(entry => entry.Key)
                    .Select(entry => new ScoreFrequency(test.Key.SchoolYear, test.Key.TestId, (double)entry.Key / ScoreCounts.Scale, entry.Value))),
        ];
    }
}

internal static class ScoreDistributionEndpoints
{
    public static void MapScoreDistributions(this IEndpointRouteBuilder area)
    {
        Map(area, "/classrooms/{id}/distribution", "classroom", "teacher", Entities.Teacher, "classroom_districts", AssessmentsAccess.ClassroomScores);
        Map(area, "/schools/{id}/distribution", "school", "school", Entities.School, "school_districts", AssessmentsAccess.SchoolScores);
        Map(area, "/districts/{id}/distribution", "district", "district", Entities.District, "district_years", AssessmentsAccess.DistrictScores);
        Map(area, "/states/{id}/distribution", "state", "state", Entities.State, "state_districts", AssessmentsAccess.StateScores);
    }

    private static void Map<T>(
        IEndpointRouteBuilder area, string route, string level, string parameter, EntityKind<T> kind, string districts, string resource)
        where T : class
    {
        var query = WarehouseQuery.Of(AssessmentsArea.FolderName, $"{level}_distribution");
        area.MapGet(route, (string id, [AsParameters] ScoreFilter filter, Questions questions, ProtectedQuestions published, ClickHouseClient warehouse,
            CancellationToken cancellationToken) =>
                published.IsAbout
                ? published.AnswerAsync(
                    kind, id, WarehouseQuery.Of(AssessmentsArea.FolderName, districts), parameter, filter,
                    (_, found) => Task.FromResult(new ScoreDistribution(found.SchoolYear, [], ProtectedScores.SmallGroup)), cancellationToken)
                : questions.AnswerAsync(
                    kind, id, filter,
                    () => warehouse.ReadAsync(query.With(questions.At(filter.With(parameter, id))), ScoreDistribution.Read, cancellationToken),
                    (_, all) =>
                    {
                        var (year, rows) = filter.Choose(all, row => row.SchoolYear);
                        return new ScoreDistribution(year, rows);
                    },
                    cancellationToken))
            .About(resource, kind.Thing, "id")
            .WithSummary($"How often each score was reached in a {level}, test by test, ascending.");
    }
}
