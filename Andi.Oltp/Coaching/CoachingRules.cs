using Andi.Oltp.Requests;

namespace Andi.Oltp.Coaching;

/// <summary>The area's own rules, for JSON, CSV and the tables' constraints alike.</summary>
internal static class CoachingRules
{
    public const int TitleLength = 300;
    public const int ResourceKindLength = 64;
    public const int GradeBandLength = 32;
    public const int ForumLength = 100;

    /// <summary>The action that a rating belongs to.</summary>
    public const string Rate = "rate";

    public static readonly IReadOnlyList<string> UsageActions = ["view", "download", "complete", "share", Rate];
    public static readonly IReadOnlyList<string> ActivityKinds = ["post", "reply", "like", "share", "mentor"];

    public static readonly TextRule Title = TextRules.Text(TitleLength);
    public static readonly TextRule ResourceKind = TextRules.Text(ResourceKindLength);
    public static readonly TextRule GradeBand = TextRules.Text(GradeBandLength);
    public static readonly TextRule Forum = TextRules.Text(ForumLength);
    public static readonly TextRule UsageAction = TextRules.OneOf(UsageActions);
    public static readonly TextRule ActivityKind = TextRules.OneOf(ActivityKinds);

    /// <summary>Of things or people.</summary>
    public static readonly NumberRule Count = new(0, int.MaxValue, 0);

    /// <summary>Seconds of a session or of a use: at most a day.</summary>
    public static readonly NumberRule Duration = new(0, 86_400, 0);

    /// <summary>Seconds that a teacher waits for an answer, on average.</summary>
    public static readonly NumberRule WaitTime = new(0, 9_999.99m, 2);

    /// <summary>The teacher's share of what is said.</summary>
    public static readonly NumberRule TalkRatio = new(0, 1, 4);

    public static readonly NumberRule Rating = new(1, 5, 0);
}
