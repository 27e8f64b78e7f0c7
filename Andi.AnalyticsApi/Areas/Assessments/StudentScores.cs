using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Audit;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>One score of a student, or why there is none. Grade and school are those of the score; the test's name and subject are today's.</summary>
internal sealed record StudentScore(
    string ScoreId,
    string SchoolYear,
    DateOnly TestDate,
    string TestId,
    string? TestName,
    string? Subject,
    string Grade,
    string TeacherId,
    string SchoolId,
    string Status,
    double? OverallScore,
    int? OverallPerformanceLevel,
    IReadOnlyDictionary<string, double> DimensionScores);

/// <summary>A student's scores, oldest first.</summary>
internal sealed record StudentScores(string StudentId, string StudentName, string Grade, string SchoolId, IReadOnlyList<StudentScore> Items);

internal static class StudentScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "student_scores");

    public static void MapStudentScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/students/{studentId}/scores", ReadAsync).About(AssessmentsAccess.StudentScores, PlacesOfSchools.Student, "studentId")
            .WithSummary("A student's history over years and tests, oldest first.")
            .ReadsPeople("students", "studentId");

    private static async Task<Results<Ok<StudentScores>, ProblemHttpResult>> ReadAsync(
        string studentId, Scope scope, Questions questions, CancellationToken cancellationToken)
    {
        var (problem, student, found) = await questions.AskAsync(
            Entities.Student, studentId, invalid: null, () => questions.RowsAsync<StudentScore>(Scores, new() { { "student", studentId } }, cancellationToken),
            cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var rows = await scope.RecordedWithinAsync(found, row => row.SchoolId, cancellationToken);
        var tests = await questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
        return TypedResults.Ok(new StudentScores(
            student.Id, student.Name, student.Grade, student.SchoolId,
            [
                .. rows.Select(row => tests.GetValueOrDefault(row.TestId) is { } test ? row with { TestName = test.Name, Subject = test.Subject } : row),
            ]));
    }
}
