using System.Text.Json.Serialization;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Schools;

/// <summary>A student of a school.</summary>
public sealed class Student
{
    public required string StudentId { get; set; }

    public required string Name { get; set; }

    /// <summary>For example <c>5</c> or <c>K</c>.</summary>
    public required string Grade { get; set; }

    public required string SchoolId { get; set; }
}

/// <summary>A student as it is written. What was recorded before a change of grade stays with the former grade.</summary>
public sealed record StudentBody
{
    internal static readonly FieldList<StudentBody, Student> Fields =
        new FieldList<StudentBody, Student>("students", "studentId", body => body.StudentId, (student, id) => student.StudentId = id)
            .FilteredBy("grade")
            .RowsOf("studentId", student => [student.StudentId])
            .Text("name", body => body.Name, (student, name) => student.Name = name, SchoolRules.Name)
            .Text("grade", body => body.Grade, (student, grade) => student.Grade = grade, SchoolRules.Grade)
            .Reference("schoolId", body => body.SchoolId, (student, id) => student.SchoolId = id, "schools");

    /// <summary>May be left out; else that of the path.</summary>
    public string? StudentId { get; init; }

    public string? Name { get; init; }

    /// <summary>For example <c>5</c> or <c>K</c>; a JSON number is taken as its text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Grade { get; init; }

    public string? SchoolId { get; init; }
}
