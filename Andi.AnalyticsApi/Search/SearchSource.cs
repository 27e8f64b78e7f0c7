using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Search;

/// <summary>What is looked for.</summary>
/// <param name="Text">A name or a part of it, or the beginning of an id.</param>
/// <param name="Most">How many matches are wanted, the best ones.</param>
internal sealed record Sought(string Text, int Most)
{
    /// <summary>As the queries' parameters <c>text</c> and <c>most</c>.</summary>
    public ClickHouseParameters Parameters => new() { { "text", Text }, { "most", (uint)Most } };
}

/// <summary>Something that was found: a row of a query that searches.</summary>
/// <param name="Within">What it lies in: its id in a row of the query, its name in an answer; null where there is nothing to say.</param>
/// <param name="Rank">How well it matches, 1 the best (<c>andi_match_rank</c>).</param>
internal sealed record Match(string Id, string Name, string? Within, int Rank);

/// <summary>Finds the best matches among what the caller's scope lets see, in the order of rank, name and id.</summary>
internal delegate Task<IReadOnlyList<Match>> FindMatches(Sought sought, Scope scope, Questions questions, CancellationToken cancellationToken);

/// <summary>Where a search looks for things of a kind, which an area brings.</summary>
/// <param name="Kind">As answers name it: <c>school</c>. What several sources of a kind find adds up.</param>
/// <param name="Resource">Whose rows of the policy say which roles find such things.</param>
/// <param name="FindAsync">Looks.</param>
/// <param name="People">What the audit log calls them where they are people whose rows are noted; null: they are not.</param>
internal sealed record SearchSource(string Kind, string Resource, FindMatches FindAsync, string? People = null);
