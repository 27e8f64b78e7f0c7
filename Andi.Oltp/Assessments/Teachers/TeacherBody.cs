using System.ComponentModel.DataAnnotations;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments.Teachers;

/// <summary>A teacher as it is written. Scores recorded before a change of school stay with the former school.</summary>
public sealed record TeacherBody : IKeyedBody<Teacher>
{
    [Required]
    public string? Name { get; init; }

    [Required]
    public string? SchoolId { get; init; }

    public string? Email { get; init; }

    public void Validate(FieldErrors errors)
    {
        errors.Text("name", Name, AssessmentRules.Name);
        errors.Text("schoolId", SchoolId, TextRules.Id);
        errors.OptionalText("email", Email, TextRules.Email);
    }

    public Teacher Create(string id) => new() { TeacherId = id, Name = Name!, SchoolId = SchoolId!, Email = Email };

    public void Apply(Teacher entity) => (entity.Name, entity.SchoolId, entity.Email) = (Name!, SchoolId!, Email);
}
