using System.Text.Json.Serialization;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Areas.Coaching;

/// <summary>That a teacher viewed, downloaded, completed, shared or rated a resource.</summary>
public sealed class ResourceUse : IHasSchoolHierarchy
{
    public required string UsageId { get; set; }

    public required string ResourceId { get; set; }

    public required string TeacherId { get; set; }

    /// <summary><c>view</c>, <c>download</c>, <c>complete</c>, <c>share</c> or <c>rate</c>.</summary>
    public required string Action { get; set; }

    /// <summary>Null where it is not known, or means nothing.</summary>
    public int? DurationSeconds { get; set; }

    /// <summary>1 to 5 with the action <c>rate</c>; null with every other.</summary>
    public short? Rating { get; set; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTime OccurredAt { get; set; }

    /// <summary>The teacher's school when this was recorded; like the two that follow it stays when the teacher moves later.</summary>
    public required string SchoolId { get; set; }

    public required string DistrictId { get; set; }

    public required string StateId { get; set; }
}

/// <summary>A use of a resource as it is written. School, district and state are filled in from the teacher.</summary>
public sealed record ResourceUseBody : CoachingBody<ResourceUseBody, ResourceUse>
{
    private const string Rate = "rate";
    private const string RatingIsMissing = "is required with the action rate";
    private const string RatingIsNotAllowed = "may only be given with the action rate";
    private static readonly string[] Actions = ["view", "download", "complete", "share", Rate];

    // Whether the resource is known, the foreign key says.
    internal static readonly FieldList<ResourceUseBody, ResourceUse> Fields =
        new FieldList<ResourceUseBody, ResourceUse>("resource_usage", "usageId", body => body.UsageId, (use, id) => use.UsageId = id)
            .Reference("teacherId", body => body.TeacherId, (use, id) => use.TeacherId = id, "teachers")
            .Reference("resourceId", body => body.ResourceId, (use, id) => use.ResourceId = id, "resources")
            .Text("action", body => body.Action, (use, action) => use.Action = action, TextRules.OneOf(Actions))
            .OptionalWholeNumber("durationSeconds", body => body.DurationSeconds, (use, seconds) => use.DurationSeconds = seconds, CiqSessionBody.Duration)
            .OptionalSmallNumber("rating", body => body.Rating, (use, rating) => use.Rating = rating, new NumberRule(1, 5, 0))
            .Instant("occurredAt", body => body.OccurredAt, (use, instant) => use.OccurredAt = instant, InstantRule.Recorded)
            .Happened(body => body.OccurredAt is { } instant ? DateOnly.FromDateTime(instant) : null, "(occurred_at AT TIME ZONE 'UTC')::date");

    // A rating and the action it belongs to are two cells, which are read one by one.
    internal static readonly StagingCheck RatingWithRate = new("rating", $"""
        SELECT line, CASE WHEN rating IS NULL THEN '{RatingIsMissing}' ELSE '{RatingIsNotAllowed}' END
        FROM import_rows WHERE (action = '{Rate}') <> (rating IS NOT NULL)
        """);

    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? UsageId { get; init; }

    public string? ResourceId { get; init => field = TextRules.Id.Normalize(value); }

    /// <summary><c>view</c>, <c>download</c>, <c>complete</c>, <c>share</c> or <c>rate</c>.</summary>
    public string? Action { get; init; }

    /// <summary>May be left out.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>Must be there with the action <c>rate</c>, and must not with any other.</summary>
    public int? Rating { get; init; }

    /// <summary>With its offset from UTC, from 1970 to 2099; what is finer than a microsecond is cut off.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTime? OccurredAt { get; init; }

    internal override FieldList<ResourceUseBody, ResourceUse> FieldList => Fields;

    public override void Validate(FieldErrors errors)
    {
        base.Validate(errors);
        if (Action is not null && Actions.Contains(Action) && (Action == Rate) != (Rating is not null))
        {
            errors.Add("rating", Rating is null ? RatingIsMissing : RatingIsNotAllowed);
        }
    }

    internal static void Configure(EntityTypeBuilder<ResourceUse> use)
    {
        use.ToTable(table => table.HasCheckConstraint("ck_resource_usage_rating_with_rate", $"(action = '{Rate}') = (rating IS NOT NULL)"));
        use.HasTeacher().HasReference<ResourceUse, Resource>(nameof(ResourceUse.ResourceId)).HasListIndex(nameof(ResourceUse.ResourceId));
    }
}
