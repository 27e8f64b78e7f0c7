using System.ComponentModel.DataAnnotations;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments.Schools;

/// <summary>A school as it is written.</summary>
public sealed record SchoolBody : IKeyedBody<School>
{
    [Required]
    public string? Name { get; init; }

    [Required]
    public string? DistrictId { get; init; }

    public void Validate(FieldErrors errors)
    {
        errors.Text("name", Name, AssessmentRules.Name);
        errors.Text("districtId", DistrictId, TextRules.Id);
    }

    public School Create(string id) => new() { SchoolId = id, Name = Name!, DistrictId = DistrictId! };

    public void Apply(School entity) => (entity.Name, entity.DistrictId) = (Name!, DistrictId!);
}
