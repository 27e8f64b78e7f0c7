using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments.Students;

/// <summary>A student as it is written. Scores recorded before a change of grade stay with the former grade.</summary>
public sealed record StudentBody : IKeyedBody<Student>
{
    [Required]
    public string? Name { get; init; }

    /// <summary>For example <c>5</c> or <c>K</c>; a JSON number is taken as its text.</summary>
    [Required]
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Grade { get; init; }

    [Required]
    public string? SchoolId { get; init; }

    public void Validate(FieldErrors errors)
    {
        errors.Text("name", Name, AssessmentRules.Name);
        errors.Text("grade", Grade, TextRules.Grade);
        errors.Text("schoolId", SchoolId, TextRules.Id);
    }

    public Student Create(string id) => new() { StudentId = id, Name = Name!, Grade = Grade!, SchoolId = SchoolId! };

    public void Apply(Student entity) => (entity.Name, entity.Grade, entity.SchoolId) = (Name!, Grade!, SchoolId!);
}
