using System.ComponentModel.DataAnnotations;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments.Districts;

/// <summary>A district as it is written.</summary>
public sealed record DistrictBody : IKeyedBody<District>
{
    [Required]
    public string? Name { get; init; }

    /// <summary>For example <c>TX</c>.</summary>
    [Required]
    public string? StateId { get; init; }

    public void Validate(FieldErrors errors)
    {
        errors.Text("name", Name, AssessmentRules.Name);
        errors.Text("stateId", StateId, TextRules.Id);
    }

    public District Create(string id) => new() { DistrictId = id, Name = Name!, StateId = StateId! };

    public void Apply(District entity) => (entity.Name, entity.StateId) = (Name!, StateId!);
}
