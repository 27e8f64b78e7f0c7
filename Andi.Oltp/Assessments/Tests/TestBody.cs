using System.ComponentModel.DataAnnotations;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Assessments.Tests;

/// <summary>A test as it is written.</summary>
public sealed record TestBody : IKeyedBody<Test>
{
    [Required]
    public string? Name { get; init; }

    [Required]
    public string? Subject { get; init; }

    /// <summary>Points that can be reached: more than 0, at most 99,999.99.</summary>
    [Required]
    public decimal? MaxScore { get; init; }

    public void Validate(FieldErrors errors)
    {
        errors.Text("name", Name, AssessmentRules.Name);
        errors.Text("subject", Subject, TextRules.Subject);
        errors.Number("maxScore", MaxScore, AssessmentRules.MaxScore);
    }

    public Test Create(string id) => new() { TestId = id, Name = Name!, Subject = Subject!, MaxScore = MaxScore!.Value };

    public void Apply(Test entity) => (entity.Name, entity.Subject, entity.MaxScore) = (Name!, Subject!, MaxScore!.Value);
}
