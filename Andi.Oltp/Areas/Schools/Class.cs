using System.Text.Json.Serialization;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Areas.Schools;

/// <summary>What a teacher teaches a group of students in a school year.</summary>
public sealed class Class
{
    private List<Enrollment> _enrollments = [];

    public required string ClassId { get; set; }

    public required string Name { get; set; }

    public required string SchoolId { get; set; }

    public required string TeacherId { get; set; }

    public string? Subject { get; set; }

    /// <summary>A year and the next: <c>2025-2026</c>.</summary>
    public required string SchoolYear { get; set; }

    /// <summary>By student and first day, whatever their order was when they were written.</summary>
    public IEnumerable<Enrollment> Enrollments
    {
        get => _enrollments.OrderBy(one => one.StudentId, StringComparer.Ordinal).ThenBy(one => one.From);
        private set => _enrollments = [.. value];
    }

    /// <summary>Replaces the list. An enrollment that stays, as student and first day tell, remains the row that it is.</summary>
    internal void Enroll(IReadOnlyCollection<EnrollmentBody> enrollments)
    {
        var given = enrollments.Select(one => EnrollmentBody.Fields.Create("", one)).ToDictionary(one => (one.StudentId, one.From));
        _enrollments.RemoveAll(one => !given.ContainsKey((one.StudentId, one.From)));
        foreach (var one in _enrollments)
        {
            given.Remove((one.StudentId, one.From), out var same);
            one.To = same!.To;
        }

        _enrollments.AddRange(given.Values);
    }
}

/// <summary>A class as it is written.</summary>
public sealed record ClassBody
{
    internal static readonly FieldList<ClassBody, Class> Fields =
        new FieldList<ClassBody, Class>("classes", "classId", body => body.ClassId, (one, id) => one.ClassId = id)
            .RowsOf("studentId", one => one.Enrollments.Select(enrollment => enrollment.StudentId), isInParts: true)
            .Text("name", body => body.Name, (one, name) => one.Name = name, SchoolRules.Name)
            .Reference("schoolId", body => body.SchoolId, (one, id) => one.SchoolId = id, "schools")
            .Reference("teacherId", body => body.TeacherId, (one, id) => one.TeacherId = id, "teachers")
            .OptionalText("subject", body => body.Subject, (one, subject) => one.Subject = subject, SchoolRules.Subject)
            .Text("schoolYear", body => body.SchoolYear, (one, year) => one.SchoolYear = year, SchoolRules.SchoolYear)
            .Parts(
                "enrollments",
                (body, errors) => EnrollmentBody.Validate(body.Enrollments ?? [], errors),
                (body, one) =>
                {
                    if (body.Enrollments is { } enrollments)
                    {
                        one.Enroll([.. enrollments.Select(enrollment => enrollment!)]);
                    }
                });

    /// <summary>May be left out; else that of the path.</summary>
    public string? ClassId { get; init; }

    public string? Name { get; init; }

    public string? SchoolId { get; init; }

    public string? TeacherId { get; init; }

    /// <summary>For example <c>Mathematics</c>; may be left out.</summary>
    public string? Subject { get; init; }

    /// <summary>A year and the next (<c>2025-2026</c>), or the first of them (<c>2025</c>); a JSON number is taken as its text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? SchoolYear { get; init; }

    /// <summary>Replaces the whole list. Left out: a class that is there keeps its enrollments, a new one has none.</summary>
    public List<EnrollmentBody?>? Enrollments { get; init; }

    internal static void Configure(EntityTypeBuilder<Class> classes)
    {
        classes.HasReference<Class, School>(nameof(Class.SchoolId)).HasReference<Class, Teacher>(nameof(Class.TeacherId));
        classes.MapParts(
            one => one.Enrollments, EnrollmentBody.Fields, [nameof(Enrollment.StudentId), nameof(Enrollment.From)], EnrollmentBody.Configure);
        classes.Navigation(one => one.Enrollments).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}
