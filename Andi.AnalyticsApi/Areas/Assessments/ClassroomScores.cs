using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a classroom did in a test of a year. Statistics are null where there are no scores.</summary>
/// <param name="SchoolId">The teacher's school now.</param>
/// <param name="Subject">The test's now.</param>
/// <param name="SchoolYear">Null where there are no scores and no year was asked for.</param>
/// <param name="StudentCount">Students who have a score.</param>
/// <param name="ExemptCount">Students who were exempt; like those absent and those whose test was invalidated they are in no other figure.</param>
/// <param name="AvgPerformanceLevel">Of the scores that have a level.</param>
/// <param name="ScoreStdDev">Of the whole population.</param>
/// <param name="Bands">How many scores are in each of the test's bands, the highest first.</param>
/// <param name="ExcellentCount">In the first of the bands; null where there is none. The three that follow likewise.</param>
/// <param name="Suppressed">Why figures are null that are there: <c>small group</c>. Left out where nothing is withheld.</param>
internal sealed record ClassroomScores(
    string TeacherId,
    string TeacherName,
    string SchoolId,
    string TestId,
    string? Subject,
    string? SchoolYear,
    long? StudentCount,
    long? ExemptCount,
    long? AbsentCount,
    long? InvalidatedCount,
    double? AvgScore,
    double? AvgPerformanceLevel,
    double? MedianScore,
    double? MinScore,
    double? MaxScore,
    double? ScoreStdDev,
    IReadOnlyList<BandCount> Bands,
    long? ExcellentCount,
    long? GoodCount,
    long? FairCount,
    long? NeedsImprovementCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Suppressed = null)
{
    /// <param name="teacher">Whose classroom.</param>
    /// <param name="test">As it is now; null where it was removed at this moment.</param>
    public static ClassroomScores Of(Teacher teacher, Test? test, ClassroomTestRow row)
    {
        var scores = new ScoreCounts(row.Counts);
        var bands = BandCount.Of(test?.Bands ?? [], scores);
        double? IfAny(Func<double> statistic) => scores.Count > 0 ? statistic() : null;
        return new ClassroomScores(
            teacher.Id, teacher.Name, teacher.SchoolId, row.TestId, test?.Subject, row.SchoolYear, scores.Count, row.Exempt, row.Absent, row.Invalidated,
            IfAny(() => scores.Average), row.Leveled > 0 ? (double)row.Levels / row.Leveled : null, IfAny(() => scores.Median),
            IfAny(() => scores.Minimum), IfAny(() => scores.Maximum), IfAny(() => scores.StandardDeviation),
            bands, CountAt(0), CountAt(1), CountAt(2), CountAt(3));

        long? CountAt(int place) => place < bands.Count ? bands[place].Count : null;
    }
}

/// <summary>How many scores are in a band of the test.</summary>
/// <param name="From">Where the band begins.</param>
/// <param name="Count">Null for a caller who is given no counts.</param>
/// <param name="Share">For such a caller: which part of the scores is in the band, as far as it is told. Left out otherwise.</param>
internal sealed record BandCount(
    string Name, decimal From, long? Count, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BandShare? Share = null)
{
    /// <param name="bands">The highest first.</param>
    public static IReadOnlyList<BandCount> Of(IReadOnlyList<TestBand> bands, ScoreCounts scores) =>
    [
        .. bands.Select((band, place) => new BandCount(band.Name, band.From, scores.From(band.From) - (place > 0 ? scores.From(bands[place - 1].From) : 0))),
    ];
}

/// <summary>Bounds of a part of a whole, from 0 to 1.</summary>
internal sealed record BandShare(double Low, double High);

/// <summary>A classroom, test by test.</summary>
/// <param name="SchoolYear">That all items are of; null where each is of its own, or there are none.</param>
internal sealed record ClassroomScoresList(
    string TeacherId, string TeacherName, string SchoolId, string? SchoolYear, IReadOnlyList<ClassroomScores> Items);

/// <summary>A row of classroom_scores.sql, or what the rows of a year and test add up to.</summary>
/// <param name="Leveled">How many scores have a performance level.</param>
/// <param name="Levels">Sum of the performance levels.</param>
/// <param name="Counts">How often each score was reached, by the score in ten-thousandths; 0 for one that was taken back.</param>
internal sealed record ClassroomTestRow(
    string? SchoolYear, string TestId, long Leveled, long Levels, long Exempt, long Absent, long Invalidated, IReadOnlyDictionary<int, long> Counts)
{
    /// <summary>Adds up the rows of each year and test, and leaves out what was all taken back; in the order of years and of the tests' ids.</summary>
    public static IReadOnlyList<ClassroomTestRow> ByTest(IEnumerable<ClassroomTestRow> rows) =>
    [
        .. rows.GroupBy(row => (row.SchoolYear, row.TestId)).Select(Sum).Where(row => row.HasStudents)
            .OrderBy(row => row.SchoolYear!, Utf8Order.Instance).ThenBy(row => row.TestId, Utf8Order.Instance),
    ];

    /// <summary>Of a test that nobody of the classroom has taken.</summary>
    public static ClassroomTestRow None(string? schoolYear, string testId) => new(schoolYear, testId, 0, 0, 0, 0, 0, new Dictionary<int, long>());

    private bool HasStudents => Exempt > 0 || Absent > 0 || Invalidated > 0 || Counts.Values.Any(count => count > 0);

    private static ClassroomTestRow Sum(IGrouping<(string? SchoolYear, string TestId), ClassroomTestRow> rows)
    {
        var counts = new Dictionary<int, long>();
        foreach (var (score, count) in rows.SelectMany(row => row.Counts))
        {
            counts[score] = counts.GetValueOrDefault(score) + count;
        }

        return new(
            rows.Key.SchoolYear, rows.Key.TestId, rows.Sum(row => row.Leveled), rows.Sum(row => row.Levels), rows.Sum(row => row.Exempt),
            rows.Sum(row => row.Absent), rows.Sum(row => row.Invalidated), counts);
    }
}

internal static class ClassroomScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "classroom_scores");

    public static void MapClassroomScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/classrooms/{teacherId}/scores", ReadAsync)
            .About(AssessmentsAccess.ClassroomScores, PlacesOfSchools.Teacher, "teacherId")
            .WithSummary("How a classroom did: one test of one year, or without testId or of all years a list.");

    private static async Task<Results<Ok<ClassroomScores>, Ok<ClassroomScoresList>, ProblemHttpResult>> ReadAsync(
        string teacherId, [AsParameters] ScoreFilter filter, Questions questions, ProtectedQuestions published, CancellationToken cancellationToken)
    {
        if (published.IsAbout)
        {
            return await ReadPublishedAsync(teacherId, filter, published, cancellationToken);
        }

        var (problem, teacher, found) = await questions.AskAsync(
            Entities.Teacher, teacherId, filter, () => questions.RowsAsync<ClassroomTestRow>(Scores, filter.With("teacher", teacherId), cancellationToken),
            cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var (year, rows) = filter.Choose(ClassroomTestRow.ByTest(found), row => row.SchoolYear!);
        if (filter is { TestId: { } testId, IsOfAllYears: false } && rows.Count == 0)
        {
            rows = [ClassroomTestRow.None(year, testId)];
        }

        var tests = await questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
        var scores = rows.Select(row => ClassroomScores.Of(teacher, tests.GetValueOrDefault(row.TestId), row)).ToList();
        return filter is { TestId: not null, IsOfAllYears: false }
            ? TypedResults.Ok(scores[0])
            : TypedResults.Ok(new ClassroomScoresList(teacher.Id, teacher.Name, teacher.SchoolId, year, scores));
    }

    private static async Task<Results<Ok<ClassroomScores>, Ok<ClassroomScoresList>, ProblemHttpResult>> ReadPublishedAsync(
        string teacherId, ScoreFilter filter, ProtectedQuestions published, CancellationToken cancellationToken)
    {
        var answer = await published.AnswerAsync(
            ScoredPlaces.Classroom, teacherId, filter,
            (teacher, found) => Task.FromResult(
                new ClassroomScoresList(teacher.Id, teacher.Name, teacher.SchoolId, found.SchoolYear, found.Scores.Classroom(teacher))),
            cancellationToken);
        if (answer.Result is not Ok<ClassroomScoresList> { Value: { } list } ok)
        {
            return (ProblemHttpResult)answer.Result;
        }

        return filter is not { TestId: { } testId, IsOfAllYears: false } ? ok
            : list.Items is [var only] ? TypedResults.Ok(only)
            : TypedResults.Ok(ClassroomScores.Of(new(list.TeacherId, list.TeacherName, list.SchoolId), null, ClassroomTestRow.None(list.SchoolYear, testId)));
    }
}
