namespace Andi.AnalyticsApi.Access;

/// <summary>How a caller may see aggregates of people.</summary>
internal enum View
{
    /// <summary>Live and exact: the caller may see the people themselves.</summary>
    Exact,

    /// <summary>As published, under the small-group rule.</summary>
    Protected,
}

/// <summary>Where a caller may see the people themselves.</summary>
/// <param name="Kind">The kind of place: <c>teacher</c>, <c>school</c>, <c>district</c> or <c>state</c>.</param>
internal sealed record CallerScope(string Kind, string Id);

/// <summary>How the caller may see what the request is about. Set before positions and caches are looked at; exact where nobody sets it.</summary>
internal sealed class Sight
{
    /// <summary>Of what the request is about.</summary>
    public View About { get; set; }

    /// <summary>Of the larger places that stand beside it in the same answer: school and district beside a classroom.</summary>
    public View Around { get; set; }

    /// <summary>Whose people the caller knows anyway; null for one who may see nobody.</summary>
    public CallerScope? Own { get; set; }
}
