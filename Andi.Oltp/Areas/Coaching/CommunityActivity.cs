using System.Text.Json.Serialization;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Coaching;

/// <summary>What a teacher did in a forum of the community.</summary>
public sealed class CommunityActivity : IHasSchoolHierarchy
{
    public required string ActivityId { get; set; }

    public required string TeacherId { get; set; }

    /// <summary><c>post</c>, <c>reply</c>, <c>like</c>, <c>share</c> or <c>mentor</c>.</summary>
    public required string Kind { get; set; }

    public required string Forum { get; set; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTime OccurredAt { get; set; }

    /// <summary>The teacher's school when this was recorded; like the two that follow it stays when the teacher moves later.</summary>
    public required string SchoolId { get; set; }

    public required string DistrictId { get; set; }

    public required string StateId { get; set; }
}

/// <summary>An activity as it is written. School, district and state are filled in from the teacher.</summary>
public sealed record CommunityActivityBody : CoachingBody<CommunityActivityBody, CommunityActivity>
{
    internal static readonly FieldList<CommunityActivityBody, CommunityActivity> Fields =
        new FieldList<CommunityActivityBody, CommunityActivity>(
                "community_activity", "activityId", body => body.ActivityId, (activity, id) => activity.ActivityId = id)
            .Reference("teacherId", body => body.TeacherId, (activity, id) => activity.TeacherId = id, "teachers")
            .Text("kind", body => body.Kind, (activity, kind) => activity.Kind = kind, TextRules.OneOf(["post", "reply", "like", "share", "mentor"]))
            .Text("forum", body => body.Forum, (activity, forum) => activity.Forum = forum, TextRules.Text(100))
            .Instant("occurredAt", body => body.OccurredAt, (activity, instant) => activity.OccurredAt = instant, InstantRule.Recorded)
            .Happened(body => body.OccurredAt is { } instant ? DateOnly.FromDateTime(instant) : null, "(occurred_at AT TIME ZONE 'UTC')::date");

    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? ActivityId { get; init; }

    /// <summary><c>post</c>, <c>reply</c>, <c>like</c>, <c>share</c> or <c>mentor</c>.</summary>
    public string? Kind { get; init; }

    public string? Forum { get; init; }

    /// <summary>With its offset from UTC, from 1970 to 2099; what is finer than a microsecond is cut off.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTime? OccurredAt { get; init; }

    internal override FieldList<CommunityActivityBody, CommunityActivity> FieldList => Fields;
}
