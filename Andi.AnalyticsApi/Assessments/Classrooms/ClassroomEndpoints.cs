using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Classrooms;

internal static class ClassroomEndpoints
{
    private static readonly WarehouseQuery Scores = WarehouseQuery.Of(AssessmentsEndpoints.Area, "classroom_scores");

    public static void MapClassrooms(this IEndpointRouteBuilder area)
    {
        area.MapGet("/classrooms/{teacherId}/scores", ScoresAsync).WithSummary("How a classroom did: one test, or without testId a list of all.");
        area.MapGet("/classrooms/{teacherId}/students", StudentsAsync).WithSummary("How each student did, beside classroom, school and district.");
    }

    private static async Task<Results<Ok<ClassroomScores>, Ok<ClassroomScoresList>, ProblemHttpResult>> ScoresAsync(
        string teacherId, [AsParameters] ScoreFilter filter, ScoreQuestions questions, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync<Teacher, ClassroomTestRow>(
            Entities.Teacher, teacherId, filter, Scores, filter.With("teacher", teacherId), cancellationToken);
        if (answer.Problem is not null)
        {
            return answer.Problem;
        }

        var rows = ClassroomTestRow.ByTest(answer.Rows).Where(row => row.HasScores).ToList();
        var tests = await questions.TestsAsync(rows.Select(row => row.TestId), cancellationToken);
        var scores = rows.Select(row => ClassroomScores.Of(answer.About, tests.GetValueOrDefault(row.TestId)?.Subject ?? row.Subject, row)).ToList();
        return answer.Test is { } test
            ? TypedResults.Ok(scores.Count > 0 ? scores[0] : ClassroomScores.None(answer.About, test))
            : TypedResults.Ok(new ClassroomScoresList(answer.About.Id, answer.About.Name, answer.About.SchoolId, scores));
    }

    private static async Task<Results<Ok<ClassroomStudents>, ProblemHttpResult>> StudentsAsync(
        string teacherId, [AsParameters] ScoreFilter filter, ScoreQuestions questions, StudentsOfClassroom students, CancellationToken cancellationToken)
    {
        var answer = await questions.AskAsync(
            Entities.Teacher, teacherId, filter, () => students.AskAsync(() => questions.At(filter.With("teacher", teacherId)), cancellationToken), cancellationToken);
        return answer.Problem is not null
            ? answer.Problem
            : TypedResults.Ok(new ClassroomStudents(answer.About.Id, answer.About.Name, answer.Rows));
    }
}
