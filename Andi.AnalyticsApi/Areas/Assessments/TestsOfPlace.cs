using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A test of a school year that has scores in a place, or students without one. The test's name and subject are today's.</summary>
/// <param name="Grades">Those of the scores, the lowest first.</param>
internal sealed record TestOfPlace(string SchoolYear, string TestId, string? TestName, string? Subject, IReadOnlyList<string> Grades);

/// <param name="Items">By school year and test, the newest year first.</param>
internal sealed record TestsOfPlace(IReadOnlyList<TestOfPlace> Items)
{
    public static TestsOfPlace Of(IEnumerable<TestOfPlace> items) => new(
    [
        .. items.OrderByDescending(item => item.SchoolYear, Utf8Order.Instance).ThenBy(item => item.TestId, Utf8Order.Instance)
            .Select(item => item with { Grades = [.. item.Grades.Order(GradeOrder.Instance)] }),
    ]);
}

/// <summary>A row of classroom_tests.sql and its like.</summary>
internal sealed record GradeOfTest(string SchoolYear, string TestId, string Grade);

/// <summary>What there is to choose from, so that nobody is offered what has no answer.</summary>
internal static class TestsOfPlaceEndpoints
{
    public static void MapTestsOfPlaces(this IEndpointRouteBuilder area)
    {
        Map(area, ScoredPlaces.Classroom);
        Map(area, ScoredPlaces.School);
        Map(area, ScoredPlaces.District);
        Map(area, ScoredPlaces.State);
    }

    private static void Map<T>(IEndpointRouteBuilder area, ScoredPlace<T> place)
        where T : class
    {
        var tests = place.Query("tests");
        area.MapGet($"{place.Route}/tests", (string id, Questions questions, ProtectedQuestions published, CancellationToken cancellationToken) =>
                published.IsAbout
                ? published.AnswerAsync(
                    place, id, new ScoreFilter { SchoolYear = ScoreFilter.All },
                    (_, found) => Task.FromResult(TestsOfPlace.Of(found.Scores.Told(place.Contains(id)))), cancellationToken)
                : questions.AnswerAsync(
                    place.Kind, id, invalid: null, () => AskAsync(tests, place.Kind.Thing, id, questions, cancellationToken),
                    (_, found) => TestsOfPlace.Of(found), cancellationToken))
            .About(place.Resource, place.Kind.Thing, "id")
            .WithSummary($"Which tests of which school years, and in which grades, a {place.Level} has scores of, the newest year first.");
    }

    private static async Task<IReadOnlyList<TestOfPlace>> AskAsync(
        WarehouseQuery query, string parameter, string id, Questions questions, CancellationToken cancellationToken)
    {
        var rows = await questions.RowsAsync<GradeOfTest>(query, new() { { parameter, id } }, cancellationToken);
        var tests = await questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
        return
        [
            .. from row in rows
               group row.Grade by (row.SchoolYear, row.TestId) into one
               let test = tests.GetValueOrDefault(one.Key.TestId)
               select new TestOfPlace(one.Key.SchoolYear, one.Key.TestId, test?.Name, test?.Subject, [.. one]),
        ];
    }
}
