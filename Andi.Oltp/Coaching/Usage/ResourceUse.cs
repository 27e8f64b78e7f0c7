using Andi.Oltp.Requests.Records;

namespace Andi.Oltp.Coaching.Usage;

/// <summary>That a teacher viewed, downloaded, completed, shared or rated a resource.</summary>
public sealed class ResourceUse : IPlaced
{
    public required string UsageId { get; init; }

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
