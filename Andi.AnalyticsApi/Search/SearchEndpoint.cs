using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Audit;
using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Search;

/// <summary>Something that a search found.</summary>
/// <param name="Kind">What it is, for instance <c>school</c> or <c>classroom</c>.</param>
/// <param name="Within">The name of what it lies in, or what else tells it from others of its name. Left out where there is nothing to say.</param>
internal sealed record SearchResult(
    string Kind, string Id, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Within);

/// <param name="Items">The best matches first: an equal id, an equal name, a name or id that begins so, a word that does, a name that has it somewhere.</param>
internal sealed record SearchResults(IReadOnlyList<SearchResult> Items);

/// <summary>What is searched for.</summary>
internal sealed record SearchRequest
{
    private const int LongestText = 100;
    private const int MaxSize = 100;
    private const int DefaultSize = 20;

    [FromQuery(Name = "q")]
    [Description("A name, a part of one, or the beginning of an id, up to 100 characters. Neither case nor accents matter.")]
    public string? Text { get; init => field = value?.Trim(); }

    // Text, as the binder's own words for a number that is none do not name the field.
    [FromQuery(Name = "limit")]
    [Description("How many items at most, 1 to 100; default 20.")]
    public string? Limit { get; init; }

    public Sought Sought => new(Text ?? "", Size);

    private int Size => Limit is null ? DefaultSize : int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public ProblemHttpResult? Check() =>
        Text is not { Length: > 0 and <= LongestText } ? Problem.Invalid("q", $"must have 1 to {LongestText} characters.")
        : Size is < 1 or > MaxSize ? Problem.Invalid("limit", $"must be a number from 1 to {MaxSize}.")
        : null;
}

/// <summary>One search over what all areas have. Each role finds what it may list, and of that what its scope lets see.</summary>
internal static class SearchEndpoint
{
    private const string Resource = "search";

    /// <summary>Whoever may find something may search.</summary>
    public static IEnumerable<AccessRule> Access(IReadOnlyList<SearchSource> sources, PlacePolicy places) =>
        from rule in places.Rules
        where sources.Any(source => source.Resource == rule.Resource)
        select new AccessRule(rule.Role, Resource, Actions.List);

    public static void MapSearch(this IEndpointRouteBuilder v1, IReadOnlyList<SearchSource> sources)
    {
        var search = v1.MapGet(
                "/search",
                (
                    [AsParameters] SearchRequest request, ClaimsPrincipal user, AccessPolicy policy, Scope scope, Questions questions,
                    CancellationToken cancellationToken) =>
                    SearchAsync(sources.Where(source => Finds(policy, user, source)), request, scope, questions, cancellationToken))
            .Lists(Resource)
            .WithTags("Search")
            .WithSummary("What has a name or an id like this, the best matches first, of what the caller may see.");
        foreach (var people in sources.Where(source => source.People is not null).Select(source => (source.People, source.Kind)).Distinct())
        {
            search.ReadsPeople(people.People!, "id", people.Kind);
        }
    }

    private static bool Finds(AccessPolicy policy, ClaimsPrincipal user, SearchSource source) =>
        Caller.Of(user) is { } caller && policy.Allows(caller.Role, source.Resource, Actions.List);

    private static async Task<Results<Ok<SearchResults>, ProblemHttpResult>> SearchAsync(
        IEnumerable<SearchSource> sources, SearchRequest request, Scope scope, Questions questions, CancellationToken cancellationToken)
    {
        if (request.Check() is { } problem)
        {
            return problem;
        }

        var found = await Task.WhenAll(sources.Select(async source =>
            (await source.FindAsync(request.Sought, scope, questions, cancellationToken)).Select(match => (source.Kind, Match: match))));
        return TypedResults.Ok(new SearchResults(
        [
            .. found.SelectMany(matches => matches).DistinctBy(found => (found.Kind, found.Match.Id))
                .OrderBy(found => found.Match.Rank).ThenBy(found => found.Match.Name, Utf8Order.Instance).ThenBy(found => found.Match.Id, Utf8Order.Instance)
                .Take(request.Sought.Most)
                .Select(found => new SearchResult(found.Kind, found.Match.Id, found.Match.Name, found.Match.Within)),
        ]));
    }
}
