namespace Andi.Oltp.Coaching.Resources;

/// <summary>Something that teachers can use: a lesson plan, a video.</summary>
public sealed class Resource
{
    public required string ResourceId { get; init; }

    public required string Title { get; set; }

    /// <summary>For example <c>video</c>.</summary>
    public required string Kind { get; set; }

    public required string Subject { get; set; }

    /// <summary>For example <c>3-5</c>.</summary>
    public required string GradeBand { get; set; }
}
