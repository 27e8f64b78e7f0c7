using Andi.Oltp.Requests.Records;

namespace Andi.Oltp.Coaching.Community;

/// <summary>What a teacher did in a forum of the community.</summary>
public sealed class CommunityActivity : IPlaced
{
    public required string ActivityId { get; init; }

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
