using System.Text.Json.Serialization.Metadata;
using Andi.AnalyticsApi.Assessments;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Coaching.Teachers;

internal static class TeacherEndpoints
{
    private static readonly WarehouseQuery Trend = WarehouseQuery.Of(CoachingEndpoints.Area, "teacher_trend");
    private static readonly WarehouseQuery Progress = WarehouseQuery.Of(CoachingEndpoints.Area, "teacher_progress_report");
    private static readonly WarehouseQuery WaitTime = WarehouseQuery.Of(CoachingEndpoints.Area, "teacher_wait_time");
    private static readonly WarehouseQuery Equity = WarehouseQuery.Of(CoachingEndpoints.Area, "teacher_equity_benchmark");

    public static void MapTeacherCoaching(this IEndpointRouteBuilder area)
    {
        area.MapGet("/teachers/{teacherId}/ciq", CiqAsync).WithSummary("A teacher's progress, and the trend day by day.");
        area.MapGet("/teachers/{teacherId}/ciq/wait-time", WaitTimeAsync).WithSummary("Whether a teacher gives students more time to think, month by month.");
        area.MapGet("/teachers/{teacherId}/ciq/equity", EquityAsync).WithSummary("The equity of a teacher's lessons beside the school's and the district's.");
    }

    private static async Task<Results<Ok<TeacherCiq>, ProblemHttpResult>> CiqAsync(
        string teacherId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if (period.Check() is { } invalid)
        {
            return invalid;
        }

        var progress = questions.RowsAsync<TeacherProgress>(Progress, period, filter.With("teacher", teacherId), cancellationToken);
        var (problem, teacher, days) = await questions.AboutAsync<Teacher, TeacherDay>(Entities.Teacher, teacherId, Trend, period, filter, cancellationToken);
        var report = await progress;
        return problem is not null
            ? problem
            : TypedResults.Ok(new TeacherCiq(teacher.Id, teacher.Name, teacher.SchoolId, report.Count > 0 ? report[0] : null, days));
    }

    private static async Task<Results<Ok<TeacherWaitTime>, ProblemHttpResult>> WaitTimeAsync(
        string teacherId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        var (problem, teacher, months) = await questions.AboutAsync<Teacher, WaitTimeMonth>(Entities.Teacher, teacherId, WaitTime, period, filter, cancellationToken);
        return problem is not null ? problem : TypedResults.Ok(new TeacherWaitTime(teacher.Id, teacher.Name, months));
    }

    private static async Task<Results<Ok<TeacherEquity>, ProblemHttpResult>> EquityAsync(
        string teacherId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        var (problem, teacher, levels) = await questions.AboutAsync<Teacher, EquityLevel>(Entities.Teacher, teacherId, Equity, period, filter, cancellationToken);
        return problem is not null ? problem : TypedResults.Ok(new TeacherEquity(teacher.Id, teacher.Name, levels));
    }
}
