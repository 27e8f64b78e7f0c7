using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>A month's wait time after questions. Changes are null in the first month.</summary>
/// <param name="WaitTimeSecondsStdDev">Of the whole population.</param>
/// <param name="ChangeSincePrevious">Seconds, since the month before that has sessions.</param>
/// <param name="ChangeSinceFirst">Seconds.</param>
internal sealed record WaitTimeMonth(
    DateOnly Month, long SessionCount, double AvgWaitTimeSeconds, double WaitTimeSecondsStdDev, double? ChangeSincePrevious, double? ChangeSinceFirst);

internal sealed record TeacherWaitTime(string TeacherId, string TeacherName, IReadOnlyList<WaitTimeMonth> Items);

internal static class TeacherWaitTimeEndpoint
{
    private static readonly WarehouseQuery Query = WarehouseQuery.Of(CoachingArea.FolderName, "teacher_wait_time");

    public static void MapTeacherWaitTime(this IEndpointRouteBuilder area) =>
        area.MapGet("/teachers/{teacherId}/ciq/wait-time", ReadAsync).About(CoachingAccess.OfTeachers, PlacesOfSchools.Teacher, "teacherId")
            .WithSummary("Whether a teacher gives students more time to think, month by month.");

    private static Task<Results<Ok<TeacherWaitTime>, ProblemHttpResult>> ReadAsync(
        string teacherId, [AsParameters] Period period, [AsParameters] LessonFilter filter, Questions questions, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.Teacher, teacherId, period.Check(),
            () => questions.RowsAsync<WaitTimeMonth>(Query, period, filter.With("teacher", teacherId), cancellationToken),
            (teacher, months) => new TeacherWaitTime(teacher.Id, teacher.Name, months), cancellationToken);
}
