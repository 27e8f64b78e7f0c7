using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Students;

/// <summary>One score of a student. Grade, school and subject are those of the score; the test's name is today's.</summary>
internal sealed record StudentScore(
    string ScoreId,
    string SchoolYear,
    DateOnly TestDate,
    string TestId,
    string? TestName,
    string Subject,
    string Grade,
    string TeacherId,
    string SchoolId,
    double OverallScore,
    int OverallPerformanceLevel,
    IReadOnlyDictionary<string, double> DimensionScores);

/// <summary>A student's scores, oldest first.</summary>
internal sealed record StudentScores(string StudentId, string StudentName, string Grade, string SchoolId, IReadOnlyList<StudentScore> Items);


internal static class StudentEndpoints
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsEndpoints.Area, "student_scores");

    public static void MapStudents(this IEndpointRouteBuilder area) =>
        area.MapGet("/students/{studentId}/scores", ScoresAsync).WithSummary("A student's history over years and tests, oldest first.");

    private static async Task<Results<Ok<StudentScores>, ProblemHttpResult>> ScoresAsync(
        string studentId, ScoreQuestions questions, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync<Student, StudentScore>(
            Entities.Student, studentId, new ScoreFilter(), Scores, new() { { "student", studentId } }, cancellationToken);
        if (answer.Problem is not null)
        {
            return answer.Problem;
        }

        var tests = await questions.TestsAsync(answer.Rows.Select(row => row.TestId), cancellationToken);
        var student = answer.About;
        return TypedResults.Ok(new StudentScores(
            student.Id, student.Name, student.Grade, student.SchoolId, [.. answer.Rows.Select(row => row with { TestName = tests.GetValueOrDefault(row.TestId)?.Name })]));
    }
}
