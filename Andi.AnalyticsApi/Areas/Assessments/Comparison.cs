using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Limits;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a school or a district did in a test of a year.</summary>
/// <param name="Subject">The test's now.</param>
/// <param name="Id">Null for those together that are withheld each for itself.</param>
/// <param name="TotalStudents">Students who have a score.</param>
/// <param name="Suppressed">Why figures are null that are there: <c>small group</c>. Left out where nothing is withheld.</param>
internal sealed record Compared(
    string? Id, string? Name, string SchoolYear, string TestId, string? Subject, long? TotalStudents, double? AvgScore, double? MedianScore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suppressed = null);

/// <summary>A page of a comparison. Scores of different tests are never mixed.</summary>
/// <param name="SchoolYear">That all items are of; null where each is of its own, or there are none.</param>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record Comparison(string? SchoolYear, IReadOnlyList<Compared> Items, string? NextCursor);

internal static class ComparisonEndpoints
{
    private static readonly WarehouseQuery SchoolValues = WarehouseQuery.Of(AssessmentsArea.FolderName, "district_school_values");

    public static void MapComparisons(this IEndpointRouteBuilder area)
    {
        area.MapGet("/districts/{districtId}/schools/scores", SchoolsAsync).About(AssessmentsAccess.DistrictScores, PlacesOfSchools.District, "districtId")
            .WithSummary("How the schools of a district compare, test by test.")
            .IsHeavy();
        area.MapGet("/states/{stateId}/districts/scores", DistrictsAsync).About(AssessmentsAccess.StateScores, PlacesOfSchools.State, "stateId")
            .WithSummary("How the districts of a state compare, test by test.")
            .IsHeavy();
    }

    private static Task<Results<Ok<Comparison>, ProblemHttpResult>> SchoolsAsync(
        string districtId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonSort sort, [AsParameters] PageRequest page, Questions questions,
        ProtectedQuestions published, ClickHouseClient warehouse,
        CancellationToken cancellationToken)
    {
        return published.IsAbout
            ? PublishedAsync(
                ScoredPlaces.District, districtId, Entities.School, school => school.Name, (scores, name) => scores.Schools(name),
                filter, sort, page, questions, published, cancellationToken)
            : CompareAsync(Entities.District, districtId, Entities.School, school => school.Name, filter, sort, page, questions, ValuesAsync,
            cancellationToken);

        async Task<RowsOfYear<PlaceInTest>> ValuesAsync()
        {
            var statement = SchoolValues.With(questions.At(filter.With("district", districtId)));
            var all = await warehouse.ReadAsync(statement, rows => new PlaceValues().Add(rows).Compared(), cancellationToken);
            return filter.Choose(all, row => row.SchoolYear);
        }
    }

    private static Task<Results<Ok<Comparison>, ProblemHttpResult>> DistrictsAsync(
        string stateId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonSort sort, [AsParameters] PageRequest page, Questions questions,
        ProtectedQuestions published, DistrictsOfState districts,
        CancellationToken cancellationToken) =>
        published.IsAbout
        ? PublishedAsync(
            ScoredPlaces.State, stateId, Entities.District, district => district.Name, (scores, name) => scores.Districts(name),
            filter, sort, page, questions, published, cancellationToken)
        : CompareAsync(
            Entities.State, stateId, Entities.District, district => district.Name, filter, sort, page, questions,
            () => districts.AskAsync(filter, () => questions.At(filter.With("state", stateId)), cancellationToken), cancellationToken);

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> PublishedAsync<TWhole, TPlace>(
        ScoredPlace<TWhole> whole, string id, EntityKind<TPlace> places, Func<TPlace, string> name,
        Func<ProtectedScores, Func<string, string?>, IReadOnlyList<Compared>> compare, ScoreFilter filter, ComparisonSort sort, PageRequest page,
        Questions questions, ProtectedQuestions published, CancellationToken cancellationToken)
        where TWhole : class
        where TPlace : class
    {
        return sort.Check(page) is { } invalid
            ? invalid
            : await published.AnswerAsync(
                whole, id, filter,
                async (_, found) =>
                {
                    var named = await questions.AllAsync(places, cancellationToken);
                    var all = compare(found.Scores, place => named.GetValueOrDefault(place) is { } one ? name(one) : null);
                    return sort.Page(new RowsOfYear<Compared>(found.SchoolYear, all), page);
                },
                cancellationToken);
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync<TWhole, TPlace>(
        EntityKind<TWhole> whole, string id, EntityKind<TPlace> places, Func<TPlace, string> name, ScoreFilter filter, ComparisonSort sort, PageRequest page,
        Questions questions,
        Func<Task<RowsOfYear<PlaceInTest>>> compare, CancellationToken cancellationToken)
        where TWhole : class
        where TPlace : class
    {
        return sort.Check(page) is { } invalid
            ? invalid
            : await questions.AnswerAsync(whole, id, filter, ComparedAsync, (_, all) => sort.Page(all, page), cancellationToken);

        async Task<RowsOfYear<Compared>> ComparedAsync()
        {
            var naming = questions.AllAsync(places, cancellationToken);
            var comparing = compare();
            await Task.WhenAll(naming, comparing);
            var (named, (year, rows)) = (await naming, await comparing);
            var tests = await questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
            return new(
                year,
                [
                    .. rows.Select(row => new Compared(
                        row.PlaceId, named.GetValueOrDefault(row.PlaceId) is { } place ? name(place) : null, row.SchoolYear, row.TestId,
                        tests.GetValueOrDefault(row.TestId)?.Subject,
                        row.Count, row.Average, row.Median)),
                ]);
        }
    }
}
