using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Audit;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>
/// One score of a student, or why there is none, beside the averages of the same test and school year. Grade, school and district are those of the score; the
/// test's name and subject are today's.
/// </summary>
/// <param name="ScoreId">By which the score is corrected on the write side.</param>
/// <param name="ClassroomAvg">Of the classroom, as far as its scores are the caller's to see; null where they are not, or there is none.</param>
/// <param name="SchoolAvg">Of the grade in the school; null where the caller is told none.</param>
/// <param name="DistrictAvg">Of the grade in the district; null where the caller is told none.</param>
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
    string DistrictId,
    string Status,
    double? OverallScore,
    int? OverallPerformanceLevel,
    IReadOnlyDictionary<string, double> DimensionScores,
    double? ClassroomAvg,
    double? SchoolAvg,
    double? DistrictAvg)
{
    public GradeInTest GradeIn(string placeId) => new(placeId, SchoolYear, TestId, Grade);
}

/// <summary>A student's scores, oldest first.</summary>
internal sealed record StudentScores(string StudentId, string StudentName, string Grade, string SchoolId, IReadOnlyList<StudentScore> Items);

internal static class StudentScoresEndpoint
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsArea.FolderName, "student_scores");

    public static void MapStudentScores(this IEndpointRouteBuilder area) =>
        area.MapGet("/students/{studentId}/scores", ReadAsync).About(AssessmentsAccess.StudentScores, PlacesOfSchools.Student, "studentId")
            .WithSummary("A student's history over years and tests, oldest first, beside classroom, school and district.")
            .ReadsPeople("students", "studentId");

    private static async Task<Results<Ok<StudentScores>, ProblemHttpResult>> ReadAsync(
        string studentId, Scope scope, Questions questions, AveragesBesideStudent averages, CancellationToken cancellationToken)
    {
        var (problem, student, found) = await questions.AskAsync(
            Entities.Student, studentId, invalid: null, () => questions.RowsAsync<StudentScore>(Scores, new() { { "student", studentId } }, cancellationToken),
            cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var rows = await scope.RecordedWithinAsync(found, row => row.SchoolId, cancellationToken);
        var adding = averages.AddAsync(rows, cancellationToken);
        var naming = questions.TestsOfAsync(rows, row => row.TestId, cancellationToken);
        await Task.WhenAll(adding, naming);
        var tests = await naming;
        return TypedResults.Ok(new StudentScores(
            student.Id, student.Name, student.Grade, student.SchoolId,
            [
                .. (await adding)
                    .Select(row => tests.GetValueOrDefault(row.TestId) is { } test ? row with { TestName = test.Name, Subject = test.Subject } : row),
            ]));
    }
}
