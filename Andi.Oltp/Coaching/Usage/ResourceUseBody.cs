using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Coaching.Usage;

/// <summary>A use of a resource as it is written. School, district and state are filled in from the teacher.</summary>
public sealed record ResourceUseBody : CoachingBody<ResourceUse>
{
    private static readonly string Query = TeacherSurroundings.Query(ResourceUseImport.Table, "usage_id");

    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? UsageId { get; init; }

    [Required]
    public string? ResourceId { get; init; }

    /// <summary><c>view</c>, <c>download</c>, <c>complete</c>, <c>share</c> or <c>rate</c>.</summary>
    [Required]
    public string? Action { get; init; }

    /// <summary>May be left out.</summary>
    [Range(0, 86_400)]
    public int? DurationSeconds { get; init; }

    /// <summary>Must be there with the action <c>rate</c>, and must not with any other.</summary>
    [Range(1, 5)]
    public int? Rating { get; init; }

    /// <summary>With its offset from UTC, from 1970 to 2099; what is finer than a microsecond is cut off.</summary>
    [Required]
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTime? OccurredAt { get; init; }

    protected override string SurroundingsQuery => Query;

    protected override int ContentColumns => ResourceUseImport.Content.Length;

    public override string? GivenId() => UsageId;

    // Whether the resource is known, the foreign key says.
    public override ResourceUse Create(string id, TeacherSurroundings now) => new()
    {
        UsageId = id,
        ResourceId = ResourceId!,
        TeacherId = TeacherId!,
        Action = Action!,
        DurationSeconds = DurationSeconds,
        Rating = (short?)Rating,
        OccurredAt = OccurredAt!.Value,
        SchoolId = now.SchoolId!,
        DistrictId = now.DistrictId!,
        StateId = now.StateId!,
    };

    public override void Apply(ResourceUse record)
    {
        record.ResourceId = ResourceId!;
        record.TeacherId = TeacherId!;
        record.Action = Action!;
        record.DurationSeconds = DurationSeconds;
        record.Rating = (short?)Rating;
        record.OccurredAt = OccurredAt!.Value;
    }

    protected override void ValidateContent(FieldErrors errors)
    {
        errors.OptionalText("usageId", UsageId, TextRules.Id);
        errors.Text("resourceId", ResourceId, TextRules.Id);
        errors.Text("action", Action, CoachingRules.UsageAction);
        errors.OptionalNumber("durationSeconds", DurationSeconds, CoachingRules.Duration);
        errors.OptionalNumber("rating", Rating, CoachingRules.Rating);
        errors.Instant("occurredAt", OccurredAt, InstantRule.Recorded);
        if (Action is not null && CoachingRules.UsageActions.Contains(Action) && (Action == CoachingRules.Rate) != (Rating is not null))
        {
            errors.Add("rating", Rating is null ? ResourceUseImport.RatingIsMissing : ResourceUseImport.RatingIsNotAllowed);
        }
    }

    protected override void StageContent(CopyRow copy)
    {
        copy.Text(ResourceId!);
        copy.Text(Action!);
        copy.OptionalWholeNumber(DurationSeconds);
        copy.OptionalSmallInt((short?)Rating);
        copy.Instant(OccurredAt!.Value);
    }
}
