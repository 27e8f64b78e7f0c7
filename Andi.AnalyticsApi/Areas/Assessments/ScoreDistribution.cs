using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Requests;
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
    /// <summary>Reads an answer of years, tests and histograms; scores that were all taken back are left out.</summary>
    public static IReadOnlyList<ScoreFrequency> Read(RowBinaryReader rows) =>
    [
        .. ScoresOfTest.Read(rows).SelectMany(test => test.Counts.Where(entry => entry.Value > 0).OrderBy(entry => entry.Key)
            .Select(entry => new ScoreFrequency(test.SchoolYear, test.TestId, (double)entry.Key / ScoreCounts.Scale, entry.Value))),
    ];
}

/// <summary>How often each score, in ten-thousandths, was reached in a test of a year; 0 or less for one that was taken back.</summary>
internal sealed record ScoresOfTest(string SchoolYear, string TestId, IReadOnlyDictionary<int, long> Counts)
{
    /// <summary>Adds up an answer of years, tests and histograms; by year and test.</summary>
    public static IReadOnlyList<ScoresOfTest> Read(RowBinaryReader rows)
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
                .Select(test => new ScoresOfTest(test.Key.SchoolYear, test.Key.TestId, test.Value)),
        ];
    }
}

internal static class ScoreDistributionEndpoints
{
    public static void MapScoreDistributions(this IEndpointRouteBuilder area)
    {
        Map(area, ScoredPlaces.Classroom);
        Map(area, ScoredPlaces.School);
        Map(area, ScoredPlaces.District);
        Map(area, ScoredPlaces.State);
    }

    private static void Map<T>(IEndpointRouteBuilder area, ScoredPlace<T> place)
        where T : class
    {
        var query = place.Query("distribution");
        area.MapGet($"{place.Route}/distribution", (
            string id, [AsParameters] ScoreFilter filter, Questions questions, ProtectedQuestions published, ClickHouseClient warehouse,
            CancellationToken cancellationToken) =>
                published.IsAbout
                ? published.AnswerAsync(
                    place, id, filter, (_, found) => Task.FromResult(new ScoreDistribution(found.SchoolYear, [], ProtectedScores.SmallGroup)),
                    cancellationToken)
                : questions.AnswerAsync(
                    place.Kind, id, filter,
                    () => warehouse.ReadAsync(query.With(questions.At(filter.With(place.Kind.Thing, id))), ScoreDistribution.Read, cancellationToken),
                    (_, all) =>
                    {
                        var (year, rows) = filter.Choose(all, row => row.SchoolYear);
                        return new ScoreDistribution(year, rows);
                    },
                    cancellationToken))
            .About(place.Resource, place.Kind.Thing, "id")
            .WithSummary($"How often each score was reached in a {place.Level}, test by test, ascending.");
    }
}
