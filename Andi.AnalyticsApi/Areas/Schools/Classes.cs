using System.ComponentModel;
using System.Globalization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Audit;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>A class as it is now, with the name of its teacher.</summary>
internal sealed record ListedClass(string ClassId, string Name, string TeacherId, string? TeacherName, string? Subject, string SchoolYear);

internal sealed record ClassesOfSchool(string SchoolId, string SchoolName, IReadOnlyList<ListedClass> Items);

/// <summary>A student of a class: name and grade of now, and the period of the enrollment, whose last day is the one before <c>to</c>.</summary>
internal sealed record ClassStudent(string StudentId, string? StudentName, string? Grade, DateOnly From, DateOnly? To);

/// <summary>A class and who is in it on a day.</summary>
internal sealed record ClassOnDay(
    string ClassId, string Name, string SchoolId, string TeacherId, string? TeacherName, string? Subject, string SchoolYear, DateOnly AsOf,
    IReadOnlyList<ClassStudent> Students);

internal static class ClassesEndpoint
{
    private static readonly WarehouseQuery OfSchool = WarehouseQuery.Of(SchoolsArea.FolderName, "school_classes");
    private static readonly WarehouseQuery Students = WarehouseQuery.Of(SchoolsArea.FolderName, "class_students");

    public static void MapClasses(this IEndpointRouteBuilder area)
    {
        area.MapGet("/schools/{schoolId}/classes", ReadOfSchoolAsync).About(SchoolsAccess.Classes, PlacesOfSchools.School, "schoolId")
            .WithSummary("The classes of a school, by school year and id.");
        area.MapGet("/classes/{classId}", ReadAsync).About(SchoolsAccess.ClassStudents, PlacesOfSchools.Class, "classId")
            .WithSummary("A class, its teacher, and the students who are in it on a day.")
            .ReadsPeople("students", "studentId");
    }

    private static async Task<Results<Ok<ClassesOfSchool>, ProblemHttpResult>> ReadOfSchoolAsync(
        string schoolId,
        [Description("A school year, 2025-2026 or 2025; omitted: all years.")] string? schoolYear,
        Questions questions,
        CancellationToken cancellationToken)
    {
        var year = SchoolYear.Canonical(schoolYear);
        var invalid = year is null || SchoolYear.IsOne(year) ? null : Problem.Invalid("schoolYear", $"{SchoolYear.Expected}.");
        var (problem, school, classes) = await questions.AskAsync(
            Entities.School, schoolId, invalid,
            () => questions.RowsAsync<Class>(OfSchool, new() { { "school", schoolId }, { "year", year } }, cancellationToken), cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var teachers = await questions.FindAsync(Entities.Teacher, classes.Select(one => one.TeacherId), cancellationToken);
        return TypedResults.Ok(new ClassesOfSchool(
            school.Id, school.Name,
            [
                .. classes.Select(one => new ListedClass(
                    one.Id, one.Name, one.TeacherId, teachers.GetValueOrDefault(one.TeacherId)?.Name, one.Subject, one.SchoolYear)),
            ]));
    }

    private static async Task<Results<Ok<ClassOnDay>, ProblemHttpResult>> ReadAsync(
        string classId,
        [FromQuery(Name = "asOf"), Description("The day, as 2026-01-31; omitted: today, by UTC.")] string? asOf,
        ReadState state,
        Questions questions,
        CancellationToken cancellationToken)
    {
        var day = state.Today;
        var invalid = asOf is null || (DateOnly.TryParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            && day.Year is >= 1970 and < 2100)
            ? null
            : Problem.Invalid("asOf", "must be a day from 1970 to 2099, as 2026-01-31.");
        var (problem, about, students) = await questions.AskAsync(
            Entities.Class, classId, invalid,
            () => questions.RowsAsync<ClassStudent>(Students, new() { { "class", classId }, { "day", day } }, cancellationToken), cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var teacher = await questions.FindAsync(Entities.Teacher, about.TeacherId, cancellationToken);
        return TypedResults.Ok(new ClassOnDay(
            about.Id, about.Name, about.SchoolId, about.TeacherId, teacher?.Name, about.Subject, about.SchoolYear, day, students));
    }
}
