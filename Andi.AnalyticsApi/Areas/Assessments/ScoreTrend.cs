using System.ComponentModel;
using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a place did in a test of a year, all grades together. The test's name and subject are today's.</summary>
/// <param name="StudentCount">Students who have a score.</param>
/// <param name="ScoreStdDev">Of the whole population.</param>
/// <param name="Suppressed">Why figures are null that are there: <c>small group</c>. Left out where nothing is withheld.</param>
internal sealed record ScoresOfYear(
    string SchoolYear, string TestId, string? TestName, string? Subject, long? StudentCount, double? AvgScore, double? MedianScore, double? ScoreStdDev,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suppressed = null);

/// <param name="Items">By school year and test, the oldest year first.</param>
internal sealed record ScoreTrend(IReadOnlyList<ScoresOfYear> Items);

/// <summary>Which tests a trend is of.</summary>
internal sealed record TrendFilter
{
    [FromQuery(Name = "testId")]
    [Description("A test; omitted: all tests, each for itself.")]
    public string? TestId { get; init; }

    [FromQuery(Name = "subject")]
    [Description("Only tests that are of this subject now, as tests have it; omitted: of all subjects.")]
    public string? Subject { get; init; }

    /// <summary>Of each year.</summary>
    public ScoreFilter Scores => new() { SchoolYear = ScoreFilter.All, TestId = TestId };

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check() => Subject is { Length: 0 } ? Problem.Invalid("subject", "must not be empty.") : Scores.Check();

    /// <summary>Those of the subject.</summary>
    public ScoreTrend Of(IEnumerable<ScoresOfYear> items) => new([.. items.Where(item => Subject is null || item.Subject == Subject)]);
}

internal static class ScoreTrendEndpoints
{
    public static void MapScoreTrends(this IEndpointRouteBuilder area)
    {
        Map(area, ScoredPlaces.Classroom);
        Map(area, ScoredPlaces.School);
        Map(area, ScoredPlaces.District);
        Map(area, ScoredPlaces.State);
    }

    private static void Map<T>(IEndpointRouteBuilder area, ScoredPlace<T> place)
        where T : class
    {
        // How often each score was reached says all of it: every year and test in one statement.
        var counts = place.Query("distribution");
        area.MapGet($"{place.Route}/trend", (
            string id, [AsParameters] TrendFilter filter, Questions questions, ProtectedQuestions published, ClickHouseClient warehouse,
            CancellationToken cancellationToken) => filter.Check() is { } problem
                ? Task.FromResult<Results<Ok<ScoreTrend>, ProblemHttpResult>>(problem)
                : published.IsAbout
                ? published.AnswerAsync(
                    place, id, filter.Scores,
                    (_, found) => Task.FromResult(filter.Of(found.Scores.Years(place.Contains(id)))), cancellationToken)
                : questions.AnswerAsync(
                    place.Kind, id, filter.Scores,
                    async () => await NamedAsync(
                        await warehouse.ReadAsync(
                            counts.With(questions.At(filter.Scores.With(place.Kind.Thing, id))), ScoresOfTest.Read, cancellationToken),
                        questions, cancellationToken),
                    (_, items) => filter.Of(items), cancellationToken))
            .About(place.Resource, place.Kind.Thing, "id")
            .WithSummary($"How a {place.Level} did in each test, year by year, all grades together.");
    }

    private static async Task<IReadOnlyList<ScoresOfYear>> NamedAsync(
        IReadOnlyList<ScoresOfTest> rows, Questions questions, CancellationToken cancellationToken)
    {
        var tests = await questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
        return
        [
            .. from row in rows
               let test = tests.GetValueOrDefault(row.TestId)
               let scores = new ScoreCounts(row.Counts)
               where scores.Count > 0
               select new ScoresOfYear(
                   row.SchoolYear, row.TestId, test?.Name, test?.Subject, scores.Count, scores.Average, scores.Median, scores.StandardDeviation),
        ];
    }
}
