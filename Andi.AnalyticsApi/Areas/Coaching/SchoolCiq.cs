using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>A week of a school, named by its Monday.</summary>
internal sealed record SchoolWeek : LessonMeasures
{
    public DateOnly Week { get; init; }

    /// <summary>Teachers with sessions, of all subjects and grades.</summary>
    public long ActiveTeachers { get; init; }
}

internal sealed record SchoolCiq(string SchoolId, string SchoolName, string DistrictId, IReadOnlyList<SchoolWeek> Items);

internal static class SchoolCiqEndpoint
{
    private static readonly WarehouseQuery Query = WarehouseQuery.Of(CoachingArea.FolderName, "school_weekly");

    public static void MapSchoolCiq(this IEndpointRouteBuilder area) =>
        area.MapGet("/schools/{schoolId}/ciq", ReadAsync).About(CoachingAccess.OfPlaces, PlacesOfSchools.School, "schoolId")
            .WithSummary("The lessons of a school, week by week.");

    private static Task<Results<Ok<SchoolCiq>, ProblemHttpResult>> ReadAsync(
        string schoolId, [AsParameters] Period period, [AsParameters] LessonFilter filter, Questions questions, CancellationToken cancellationToken) =>
        questions.AnswerAsync(
            Entities.School, schoolId, period.Check(), () => questions.RowsAsync<SchoolWeek>(Query, period, filter.With("school", schoolId), cancellationToken),
            (school, weeks) => new SchoolCiq(school.Id, school.Name, school.DistrictId, weeks), cancellationToken);
}
