using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Coaching.Community;

/// <summary>An activity as it is written. School, district and state are filled in from the teacher.</summary>
public sealed record CommunityActivityBody : CoachingBody<CommunityActivity>
{
    private static readonly string Query = TeacherSurroundings.Query(CommunityActivityImport.Table, "activity_id");

    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? ActivityId { get; init; }

    /// <summary><c>post</c>, <c>reply</c>, <c>like</c>, <c>share</c> or <c>mentor</c>.</summary>
    [Required]
    public string? Kind { get; init; }

    [Required]
    public string? Forum { get; init; }

    /// <summary>With its offset from UTC, from 1970 to 2099; what is finer than a microsecond is cut off.</summary>
    [Required]
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTime? OccurredAt { get; init; }

    protected override string SurroundingsQuery => Query;

    protected override int ContentColumns => CommunityActivityImport.Content.Length;

    public override string? GivenId() => ActivityId;

    public override CommunityActivity Create(string id, TeacherSurroundings now) => new()
    {
        ActivityId = id,
        TeacherId = TeacherId!,
        Kind = Kind!,
        Forum = Forum!,
        OccurredAt = OccurredAt!.Value,
        SchoolId = now.SchoolId!,
        DistrictId = now.DistrictId!,
        StateId = now.StateId!,
    };

    public override void Apply(CommunityActivity record) =>
        (record.TeacherId, record.Kind, record.Forum, record.OccurredAt) = (TeacherId!, Kind!, Forum!, OccurredAt!.Value);

    protected override void ValidateContent(FieldErrors errors)
    {
        errors.OptionalText("activityId", ActivityId, TextRules.Id);
        errors.Text("kind", Kind, CoachingRules.ActivityKind);
        errors.Text("forum", Forum, CoachingRules.Forum);
        errors.Instant("occurredAt", OccurredAt, InstantRule.Recorded);
    }

    protected override void StageContent(CopyRow copy)
    {
        copy.Text(Kind!);
        copy.Text(Forum!);
        copy.Instant(OccurredAt!.Value);
    }
}
