namespace Andi.AnalyticsApi.Freshness;

/// <summary>How positions travel over HTTP.</summary>
internal static class PositionHeaders
{
    /// <summary>Of an answer: every change up to it is in there.</summary>
    public const string Position = "Andi-Position";

    /// <summary>Of a request: every change up to it is to be in the answer.</summary>
    public const string AtLeast = "Andi-At-Least";
}
