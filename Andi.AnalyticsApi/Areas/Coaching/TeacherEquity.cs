using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>The equity of lessons at one level: <c>teacher</c>, <c>school</c> or <c>district</c>.</summary>
/// <param name="Q1EquityScore">First quartile.</param>
/// <param name="Q3EquityScore">Third quartile.</param>
/// <param name="EquityScoreStdDev">Of the whole population.</param>
internal sealed record EquityLevel(
    string Level, string Id, long SessionCount, double AvgEquityScore, double MedianEquityScore, double Q1EquityScore, double Q3EquityScore,
    double EquityScoreStdDev);

internal sealed record TeacherEquity(string TeacherId, string TeacherName, IReadOnlyList<EquityLevel> Items);

internal static class TeacherEquityEndpoint
{
    private static readonly WarehouseQuery Query = WarehouseQuery.Of(CoachingArea.FolderName, "teacher_equity_benchmark");

    public static void MapTeacherEquity(this IEndpointRouteBuilder area) =>
        area.MapGet("/teachers/{teacherId}/ciq/equity", ReadAsync).About(CoachingAccess.OfTeachers, PlacesOfSchools.Teacher, "teacherId")
            .WithSummary("The equity of a teacher's lessons beside the school's and the district's.");

    private static Task<Results<Ok<TeacherEquity>, ProblemHttpResult>> ReadAsync(
        string teacherId, [AsParameters] Period period, [AsParameters] LessonFilter filter, Questions questions, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.Teacher, teacherId, period.Check(),
            () => questions.RowsAsync<EquityLevel>(Query, period, filter.With("teacher", teacherId), cancellationToken),
            (teacher, levels) => new TeacherEquity(teacher.Id, teacher.Name, levels), cancellationToken);
}
