namespace Andi.Web.Areas.Assessments;

/// <summary>A score of a student, or why there is none, beside the averages of class, and of the grade in school and district.</summary>
public sealed record StudentScore(
    string ScoreId, string SchoolYear, DateOnly TestDate, string TestId, string? TestName, string? Subject, string Grade, string TeacherId, string Status,
    double? OverallScore, int? OverallPerformanceLevel, IReadOnlyDictionary<string, double>? DimensionScores, double? ClassroomAvg, double? SchoolAvg,
    double? DistrictAvg);

/// <summary>A student's scores over the years.</summary>
internal static class History
{
    /// <summary>The score before one, in the same test; null where there is none.</summary>
    public static StudentScore? Before(this IEnumerable<StudentScore> scores, StudentScore one) => scores
        .Where(other => other.TestId == one.TestId && other.OverallScore is not null && other.TestDate < one.TestDate)
        .MaxBy(other => other.TestDate);

    /// <summary>The test that was taken last, with a score or without.</summary>
    public static Asked Newest(this IEnumerable<StudentScore> scores) =>
        scores.MaxBy(score => score.TestDate) is { } newest ? new(newest.SchoolYear, null, newest.TestId) : new(null, null, null);

    /// <summary>What can be picked.</summary>
    public static IReadOnlyList<TestOfPlace> Tests(this IEnumerable<StudentScore> scores) =>
    [
        .. scores.GroupBy(score => (score.SchoolYear, score.TestId))
            .Select(test => new TestOfPlace(test.Key.SchoolYear, test.Key.TestId, test.First().TestName, test.First().Subject, [])),
    ];
}
