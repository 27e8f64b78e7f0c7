using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

internal static class ComparisonEndpoints
{
    private static readonly WarehouseQuery SchoolValues = WarehouseQuery.Of(AssessmentsEndpoints.Area, "district_school_values");

    public static void MapComparisons(this IEndpointRouteBuilder area)
    {
        area.MapGet("/districts/{districtId}/schools/scores", SchoolsAsync).WithSummary("How the schools of a district compare, test by test.");
        area.MapGet("/states/{stateId}/districts/scores", DistrictsAsync).WithSummary("How the districts of a state compare, test by test.");
    }

    private static Task<Results<Ok<Comparison>, ProblemHttpResult>> SchoolsAsync(
        string districtId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonPage page, ScoreQuestions questions, ClickHouseClient warehouse,
        CancellationToken cancellationToken)
    {
        return CompareAsync(Entities.District, districtId, Entities.School, school => school.Name, filter, page, questions, ValuesAsync, cancellationToken);

        async Task<IReadOnlyList<PlaceInTest>> ValuesAsync()
        {
            var statement = SchoolValues.With(questions.At(filter.With("district", districtId)));
            return await warehouse.ReadAsync(statement, rows => new PlaceValues().Add(rows, withSubjects: true).Compared(), cancellationToken);
        }
    }

    private static Task<Results<Ok<Comparison>, ProblemHttpResult>> DistrictsAsync(
        string stateId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonPage page, ScoreQuestions questions, DistrictsOfState districts,
        CancellationToken cancellationToken) =>
        CompareAsync(
            Entities.State, stateId, Entities.District, district => district.Name, filter, page, questions,
            () => districts.AskAsync(() => questions.At(filter.With("state", stateId)), cancellationToken), cancellationToken);

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync<TWhole, TPlace>(
        EntityKind<TWhole> whole, string id, EntityKind<TPlace> places, Func<TPlace, string> name, ScoreFilter filter, ComparisonPage page, ScoreQuestions questions,
        Func<Task<IReadOnlyList<PlaceInTest>>> compare, CancellationToken cancellationToken)
        where TWhole : class
        where TPlace : class
    {
        if (page.Check() is { } invalid)
        {
            return invalid;
        }

        var answer = await questions.AskAsync(whole, id, filter, ComparedAsync, cancellationToken);
        return answer.Problem is not null ? answer.Problem : TypedResults.Ok(page.Of(answer.Rows));

        async Task<IReadOnlyList<Compared>> ComparedAsync()
        {
            var naming = questions.AllAsync(places, cancellationToken);
            var comparing = compare();
            await Task.WhenAll(naming, comparing);
            var (named, rows) = (await naming, await comparing);
            var tests = await questions.TestsAsync(rows.Select(row => row.TestId), cancellationToken);
            return
            [
                .. rows.Select(row => new Compared(
                    row.PlaceId, named.GetValueOrDefault(row.PlaceId) is { } place ? name(place) : null, row.TestId, tests.GetValueOrDefault(row.TestId)?.Subject ?? row.Subject,
                    row.Count, row.Average, row.Median)),
            ];
        }
    }
}
