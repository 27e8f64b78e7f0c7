using System.ComponentModel.DataAnnotations;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Coaching.Resources;

/// <summary>A resource as it is written.</summary>
public sealed record ResourceBody : IKeyedBody<Resource>
{
    [Required]
    public string? Title { get; init; }

    /// <summary>For example <c>video</c>.</summary>
    [Required]
    public string? Kind { get; init; }

    [Required]
    public string? Subject { get; init; }

    /// <summary>For example <c>3-5</c>.</summary>
    [Required]
    public string? GradeBand { get; init; }

    public void Validate(FieldErrors errors)
    {
        errors.Text("title", Title, CoachingRules.Title);
        errors.Text("kind", Kind, CoachingRules.ResourceKind);
        errors.Text("subject", Subject, TextRules.Subject);
        errors.Text("gradeBand", GradeBand, CoachingRules.GradeBand);
    }

    public Resource Create(string id) => new() { ResourceId = id, Title = Title!, Kind = Kind!, Subject = Subject!, GradeBand = GradeBand! };

    public void Apply(Resource entity) => (entity.Title, entity.Kind, entity.Subject, entity.GradeBand) = (Title!, Kind!, Subject!, GradeBand!);
}
