namespace Andi.AnalyticsApi.Access;

/// <summary>How a caller may see aggregates of people.</summary>
internal enum View
{
    /// <summary>Live and exact: the caller may see the people themselves.</summary>
    Exact,

    /// <summary>As published, under the small-group rule.</summary>
    Protected,
}

/// <summary>How the caller may see what the request is about. Set before positions and caches are looked at; exact where nobody sets it.</summary>
internal sealed class Sight
{
    /// <summary>Of what the request is about.</summary>
    public View About { get; set; }

    /// <summary>Whose people the caller knows anyway; null for one who may see nobody, and for one who may see all.</summary>
    public Place? Own { get; set; }
}
