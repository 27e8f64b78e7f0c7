using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Disclosure;
using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A district that has scores in a year.</summary>
internal sealed record DistrictInYear(string DistrictId, string SchoolYear);

/// <summary>What is told of the scores that a question is about.</summary>
/// <param name="SchoolYear">The year of the question; null for all years, or where there is none.</param>
internal sealed record FoundScores(string? SchoolYear, ProtectedScores Scores, ChangeEvents.Position Position);

/// <summary>A row of district_student_scores.sql.</summary>
/// <param name="Units">The score in ten-thousandths.</param>
internal sealed record PublishedRow(
    string StudentId, string TestId, string SchoolId, string Grade, string TeacherId, int Units, IReadOnlyDictionary<string, double> DimensionScores);

/// <summary>A row of classroom_student_ids.sql.</summary>
internal sealed record OwnStudent(string StudentId);

/// <summary>Asks for what is told of scores to a caller who may not see the students. A district's scores of a year are published together.</summary>
internal sealed class ProtectedQuestions(
    Scope scope, Publications publications, Questions questions, ReadState state, IOptions<SmallGroupOptions> options, IHttpContextAccessor http)
{
    private const int DistrictsAtOnce = 4;

    private static readonly WarehouseQuery Rows = WarehouseQuery.Of(AssessmentsArea.FolderName, "district_student_scores");
    private static readonly WarehouseQuery OwnStudents = WarehouseQuery.Of(AssessmentsArea.FolderName, "classroom_student_ids");

    /// <summary>Whether what the request is about is not to be answered exactly.</summary>
    public bool IsAbout => state.IsPublished;

    /// <summary>Whether the larger places beside a classroom, school and district, are not: they are larger than the caller's own place.</summary>
    public bool IsAround => scope.Own is { Kind: PlacesOfSchools.Teacher or PlacesOfSchools.School };

    /// <summary>Whether the school beside a classroom is the caller's own.</summary>
    public bool IsSchoolOwn => scope.Own is { Kind: PlacesOfSchools.School };

    /// <summary>Answers a question about one place, at the position of what is told.</summary>
    public async Task<Results<Ok<TAnswer>, ProblemHttpResult>> AnswerAsync<TEntity, TAnswer>(
        ScoredPlace<TEntity> place, string id, ScoreFilter filter, Func<TEntity, FoundScores, Task<TAnswer>> answer, CancellationToken cancellationToken)
        where TEntity : class
    {
        var (problem, about, places) = await questions.AskAsync(
            place.Kind, id, filter,
            () => questions.RowsAsync<DistrictInYear>(place.Districts, filter.With(place.Kind.Thing, id), cancellationToken), cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var (year, rows) = filter.Choose(places, place => place.SchoolYear);
        var found = await FindAsync(rows, filter.TestId, cancellationToken) with { SchoolYear = year };
        problem = PublishedPosition.Tell(http.HttpContext!, found.Position);
        return problem is not null ? problem : TypedResults.Ok(await answer(about, found));
    }

    /// <summary>What is told of the scores of some districts and years.</summary>
    /// <param name="testId">Null for all tests.</param>
    public async Task<FoundScores> FindAsync(IEnumerable<DistrictInYear> places, string? testId, CancellationToken cancellationToken)
    {
        var found = new List<(DistrictInYear Place, Publication Publication)>();
        foreach (var some in places.Distinct().Chunk(DistrictsAtOnce))
        {
            found.AddRange(some.Zip(await Task.WhenAll(some.Select(place => PublicationAsync(place, cancellationToken)))));
        }

        var published = found
            .SelectMany(one => one.Publication.Sets.Select(set => new PublishedTest(one.Place.DistrictId, one.Place.SchoolYear, set.Key, set.Value)))
            .Where(one => testId is null || one.TestId == testId).ToList();
        var tests = await questions.TestsOfAsync(published, one => one.TestId, cancellationToken);
        var position = published.Select(one => one.Release.Reflects).Concat(found.Select(one => one.Publication.At))
            .DefaultIfEmpty(state.Applied.Position).Min();
        return new(null, new ProtectedScores(published, tests, Rule, await KnowsAsync(found, cancellationToken)), position);
    }

    private GroupRule Rule(Test test) =>
        new(options.Value.Minimum, (int)(test.MinScore * ScoreCounts.Scale), (int)(test.MaxScore * ScoreCounts.Scale));

    private Task<Publication> PublicationAsync(DistrictInYear place, CancellationToken cancellationToken) =>
        publications.GetAsync(
            AssessmentsArea.FolderName, $"{place.DistrictId}\n{place.SchoolYear}", state,
            async (person, token) =>
            {
                var parameters = new ClickHouseParameters { { "district", place.DistrictId }, { "year", place.SchoolYear } };
                var rows = await questions.RowsAsync<PublishedRow>(Rows, parameters, token);
                var tests = await questions.TestsOfAsync(rows, row => row.TestId, token);
                return rows.Where(row => tests.ContainsKey(row.TestId)).GroupBy(row => row.TestId).ToDictionary(
                    test => test.Key, test => new LiveSet([.. test.Select(row => Live(row, person))], Rule(tests[test.Key])), StringComparer.Ordinal);
            },
            cancellationToken);

    private static LiveRow Live(PublishedRow row, Func<string, ulong> person)
    {
        var values = new Dictionary<string, int>(StringComparer.Ordinal) { [PublishedTest.Overall] = row.Units };
        foreach (var (dimension, score) in row.DimensionScores.Where(pair => pair.Key != PublishedTest.Overall))
        {
            values[dimension] = (int)Math.Round(score * ScoreCounts.Scale);
        }

        return new LiveRow(person(row.StudentId), [row.SchoolId, row.Grade, row.TeacherId], values);
    }

    // A teacher may read whatever her students have, wherever; others what was recorded in their place.
    private async Task<Func<PublishedTest, Knows?>> KnowsAsync(
        IReadOnlyList<(DistrictInYear Place, Publication Publication)> found, CancellationToken cancellationToken)
    {
        switch (scope.Own)
        {
            case { Kind: PlacesOfSchools.School, Id: var school }:
                return _ => (_, path) => path[PublishedTest.School] == school;
            case { Kind: PlacesOfSchools.District, Id: var district }:
                return one => one.DistrictId == district ? (_, _) => true : null;
            case { Kind: PlacesOfSchools.Teacher, Id: var teacher }:
                var students = await questions.RowsAsync<OwnStudent>(OwnStudents, new() { { "teacher", teacher } }, cancellationToken);
                var own = found.ToDictionary(one => one.Place, one => students.Select(student => one.Publication.Person(student.StudentId)).ToHashSet());
                return one =>
                {
                    var people = own[new DistrictInYear(one.DistrictId, one.SchoolYear)];
                    return (entry, path) => people.Contains(entry.Person) || path[PublishedTest.Teacher] == teacher;
                };
            default:
                return _ => null;
        }
    }
}
