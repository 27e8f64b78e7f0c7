using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a classroom did in a test. Statistics are null where there are no scores.</summary>
/// <param name="SchoolId">The teacher's school now.</param>
/// <param name="StudentCount">Scores: one for each student and school year.</param>
/// <param name="ScoreStdDev">Of the whole population.</param>
/// <param name="ExcellentCount">90 and above.</param>
/// <param name="GoodCount">80 to below 90.</param>
/// <param name="FairCount">70 to below 80.</param>
/// <param name="NeedsImprovementCount">Below 70.</param>
internal sealed record ClassroomScores(
    string TeacherId,
    string TeacherName,
    string SchoolId,
    string TestId,
    string Subject,
    long StudentCount,
    double? AvgScore,
    double? AvgPerformanceLevel,
    double? MedianScore,
    double? MinScore,
    double? MaxScore,
    double? ScoreStdDev,
    long ExcellentCount,
    long GoodCount,
    long FairCount,
    long NeedsImprovementCount)
{
    /// <param name="teacher">Whose classroom.</param>
    /// <param name="subject">The test's now.</param>
    /// <param name="row">Has scores.</param>
    public static ClassroomScores Of(Teacher teacher, string subject, ClassroomTestRow row)
    {
        var scores = new ScoreCounts(row.Counts);
        return new ClassroomScores(
            teacher.Id, teacher.Name, teacher.SchoolId, row.TestId, subject, scores.Count, scores.Average, (double)row.Levels / scores.Count, scores.Median,
            scores.Minimum, scores.Maximum, scores.StandardDeviation,
            scores.From(90), scores.From(80) - scores.From(90), scores.From(70) - scores.From(80), scores.Count - scores.From(70));
    }

    /// <summary>Of a test that nobody of the classroom has taken.</summary>
    public static ClassroomScores None(Teacher teacher, Test test) =>
        new(teacher.Id, teacher.Name, teacher.SchoolId, test.Id, test.Subject, 0, null, null, null, null, null, null, 0, 0, 0, 0);
}

/// <summary>A classroom, test by test.</summary>
internal sealed record ClassroomScoresList(string TeacherId, string TeacherName, string SchoolId, IReadOnlyList<ClassroomScores> Items);

/// <summary>A row of classroom_scores.sql, or what the rows of a test add up to.</summary>
/// <param name="Subject">At the time of the scores.</param>
/// <param name="Levels">Sum of the performance levels.</param>
/// <param name="Counts">How often each score was reached, by the score in hundredths; 0 for one that was taken back.</param>
internal sealed record ClassroomTestRow(string TestId, string Subject, long Levels, IReadOnlyDictionary<int, long> Counts)
{
    /// <summary>False where all were taken back.</summary>
    public bool HasScores => Counts.Values.Any(count => count > 0);

    /// <summary>Adds up the rows of each test; in the order of the tests' ids.</summary>
    public static IEnumerable<ClassroomTestRow> ByTest(IEnumerable<ClassroomTestRow> rows) =>
        rows.GroupBy(row => row.TestId, StringComparer.Ordinal).Select(Sum).OrderBy(row => row.TestId, Utf8Order.Instance);

    private static ClassroomTestRow Sum(IGrouping<string, ClassroomTestRow> rows)
    {
        var counts = new Dictionary<int, long>();
        foreach (var (score, count) in rows.SelectMany(row => row.Counts))
        {
            counts[score] = counts.GetValueOrDefault(score) + count;
        }

        return new(rows.Key, rows.Select(row => row.Subject).Aggregate(Utf8Order.Later), rows.Sum(row => row.Levels), counts);
    }
}

internal static class ClassroomScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "classroom_scores");

    public static void MapClassroomScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/classrooms/{teacherId}/scores", ReadAsync).WithSummary("How a classroom did: one test, or without testId a list of all.");

    private static async Task<Results<Ok<ClassroomScores>, Ok<ClassroomScoresList>, ProblemHttpResult>> ReadAsync(
        string teacherId, [AsParameters] ScoreFilter filter, Questions questions, CancellationToken cancellationToken)
    {
        var (problem, teacher, found) = await questions.AskAsync(
            Entities.Teacher, teacherId, filter, () => questions.RowsAsync<ClassroomTestRow>(Scores, filter.With("teacher", teacherId), cancellationToken),
            cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var rows = ClassroomTestRow.ByTest(found).Where(row => row.HasScores).ToList();
        var tests = await questions.FindAsync(Test.Kind, rows.Select(row => row.TestId), cancellationToken);
        var scores = rows.Select(row => ClassroomScores.Of(teacher, tests.GetValueOrDefault(row.TestId)?.Subject ?? row.Subject, row)).ToList();
        if (filter.TestId is not { } testId)
        {
            return TypedResults.Ok(new ClassroomScoresList(teacher.Id, teacher.Name, teacher.SchoolId, scores));
        }

        // The test is there: the question would have been refused.
        return TypedResults.Ok(
            scores.Count > 0 ? scores[0] : ClassroomScores.None(teacher, (await questions.FindAsync(Test.Kind, testId, cancellationToken))!));
    }
}
