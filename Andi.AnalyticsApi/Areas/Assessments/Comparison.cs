using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a school or a district did in a test.</summary>
/// <param name="TotalStudents">Scores: one for each student and school year.</param>
internal sealed record Compared(string Id, string? Name, string TestId, string Subject, long TotalStudents, double AvgScore, double MedianScore);

/// <summary>A page of a comparison.</summary>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record Comparison(IReadOnlyList<Compared> Items, string? NextCursor);

internal static class ComparisonEndpoints
{
    private static readonly WarehouseQuery SchoolValues = WarehouseQuery.Of(AssessmentsArea.FolderName, "district_school_values");

    public static void MapComparisons(this IEndpointRouteBuilder area)
    {
        area.MapGet("/districts/{districtId}/schools/scores", SchoolsAsync).WithSummary("How the schools of a district compare, test by test.");
        area.MapGet("/states/{stateId}/districts/scores", DistrictsAsync).WithSummary("How the districts of a state compare, test by test.");
    }

    private static Task<Results<Ok<Comparison>, ProblemHttpResult>> SchoolsAsync(
        string districtId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonSort sort, [AsParameters] PageRequest page, Questions questions,
        ClickHouseClient warehouse,
        CancellationToken cancellationToken)
    {
        return CompareAsync(Entities.District, districtId, Entities.School, school => school.Name, filter, sort, page, questions, ValuesAsync,
            cancellationToken);

        async Task<IReadOnlyList<PlaceInTest>> ValuesAsync()
        {
            var statement = SchoolValues.With(questions.At(filter.With("district", districtId)));
            return await warehouse.ReadAsync(statement, rows => new PlaceValues().Add(rows, withSubjects: true).Compared(), cancellationToken);
        }
    }

    private static Task<Results<Ok<Comparison>, ProblemHttpResult>> DistrictsAsync(
        string stateId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonSort sort, [AsParameters] PageRequest page, Questions questions,
        DistrictsOfState districts,
        CancellationToken cancellationToken) =>
        CompareAsync(
            Entities.State, stateId, Entities.District, district => district.Name, filter, sort, page, questions,
            () => districts.AskAsync(() => questions.At(filter.With("state", stateId)), cancellationToken), cancellationToken);

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync<TWhole, TPlace>(
        EntityKind<TWhole> whole, string id, EntityKind<TPlace> places, Func<TPlace, string> name, ScoreFilter filter, ComparisonSort sort, PageRequest page,
        Questions questions,
        Func<Task<IReadOnlyList<PlaceInTest>>> compare, CancellationToken cancellationToken)
        where TWhole : class
        where TPlace : class
    {
        return sort.Check(page) is { } invalid
            ? invalid
            : await questions.AnswerAsync(whole, id, filter, ComparedAsync, (_, all) => sort.Page(all, page), cancellationToken);

        async Task<IReadOnlyList<Compared>> ComparedAsync()
        {
            var naming = questions.AllAsync(places, cancellationToken);
            var comparing = compare();
            await Task.WhenAll(naming, comparing);
            var (named, rows) = (await naming, await comparing);
            var tests = await questions.FindAsync(Test.Kind, rows.Select(row => row.TestId), cancellationToken);
            return
            [
                .. rows.Select(row => new Compared(
                    row.PlaceId, named.GetValueOrDefault(row.PlaceId) is { } place ? name(place) : null, row.TestId,
                    tests.GetValueOrDefault(row.TestId)?.Subject ?? row.Subject,
                    row.Count, row.Average, row.Median)),
            ];
        }
    }
}
