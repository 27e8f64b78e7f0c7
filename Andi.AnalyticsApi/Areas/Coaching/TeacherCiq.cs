using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>A day of a teacher.</summary>
internal sealed record TeacherDay : LessonMeasures
{
    public DateOnly Day { get; init; }

    /// <summary>Of the sessions of the 28 days up to this one, of those asked for.</summary>
    public double AvgCiqScore28Days { get; init; }
}

/// <summary>How far a teacher has come. Changes are those from the first month with sessions to the last one.</summary>
internal sealed record TeacherProgress : LessonMeasures
{
    public DateOnly FirstDay { get; init; }

    public DateOnly LastDay { get; init; }

    public double CiqScoreChange { get; init; }

    public double EquityScoreChange { get; init; }

    public double WaitTimeSecondsChange { get; init; }

    public double StudentEngagementChange { get; init; }

    /// <summary>Points that the CIQ score rises in a week, by least squares; null where all sessions were on one day.</summary>
    public double? CiqScorePerWeek { get; init; }
}

/// <summary>How a teacher's work develops. Progress is null where there is no session.</summary>
/// <param name="SchoolId">The teacher's school now.</param>
internal sealed record TeacherCiq(string TeacherId, string TeacherName, string SchoolId, TeacherProgress? Progress, IReadOnlyList<TeacherDay> Items);

internal static class TeacherCiqEndpoint
{
    private static readonly WarehouseQuery Progress = WarehouseQuery.Of(CoachingArea.FolderName, "teacher_progress_report");
    private static readonly WarehouseQuery Trend = WarehouseQuery.Of(CoachingArea.FolderName, "teacher_trend");

    public static void MapTeacherCiq(this IEndpointRouteBuilder area) =>
        area.MapGet("/teachers/{teacherId}/ciq", ReadAsync).About(CoachingAccess.OfTeachers, PlacesOfSchools.Teacher, "teacherId")
            .WithSummary("A teacher's progress, and the trend day by day.");

    private static Task<Results<Ok<TeacherCiq>, ProblemHttpResult>> ReadAsync(
        string teacherId, [AsParameters] Period period, [AsParameters] LessonFilter filter, Questions questions, CancellationToken cancellationToken)
    {
        return questions.AnswerAsync(Entities.Teacher, teacherId, period.Check(), AskAsync,
            (teacher, found) => new TeacherCiq(teacher.Id, teacher.Name, teacher.SchoolId, found.Progress.Count > 0 ? found.Progress[0] : null, found.Trend),
            cancellationToken);

        async Task<(IReadOnlyList<TeacherProgress> Progress, IReadOnlyList<TeacherDay> Trend)> AskAsync()
        {
            var first = questions.RowsAsync<TeacherProgress>(Progress, period, filter.With("teacher", teacherId), cancellationToken);
            var second = questions.RowsAsync<TeacherDay>(Trend, period, filter.With("teacher", teacherId), cancellationToken);
            await Task.WhenAll(first, second);
            return (await first, await second);
        }
    }
}
