using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Schools;

/// <summary>A teacher of a school. The students of whom a teacher records something are that teacher's classroom.</summary>
public sealed class Teacher
{
    public required string TeacherId { get; set; }

    public required string Name { get; set; }

    public required string SchoolId { get; set; }

    public string? Email { get; set; }
}

/// <summary>A teacher as it is written. What was recorded before a change of school stays with the former school.</summary>
public sealed record TeacherBody
{
    internal static readonly FieldList<TeacherBody, Teacher> Fields =
        new FieldList<TeacherBody, Teacher>("teachers", "teacherId", body => body.TeacherId, (teacher, id) => teacher.TeacherId = id)
            .Text("name", body => body.Name, (teacher, name) => teacher.Name = name, SchoolRules.Name)
            .Reference("schoolId", body => body.SchoolId, (teacher, id) => teacher.SchoolId = id, "schools")
            .OptionalText("email", body => body.Email, (teacher, email) => teacher.Email = email, TextRules.Email);

    /// <summary>May be left out; else that of the path.</summary>
    public string? TeacherId { get; init; }

    public string? Name { get; init; }

    public string? SchoolId { get; init; }

    public string? Email { get; init; }
}
