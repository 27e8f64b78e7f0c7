using Andi.AnalyticsApi.Requests;
using Andi.Security;

namespace Andi.AnalyticsApi.Access;

/// <summary>The policy about places: what the areas say of theirs.</summary>
internal sealed class PlacePolicy(IReadOnlyList<PlaceKind> kinds, IReadOnlyList<PlaceRule> rules)
{
    private readonly ILookup<(string Role, string Resource), PlaceRule> _rules = rules.ToLookup(rule => (rule.Role, rule.Resource));

    public IReadOnlyList<PlaceKind> Kinds => kinds;

    public IReadOnlyList<PlaceRule> Rules => rules;

    /// <summary>How a role is answered about a place; null: as if there were none.</summary>
    public View? Find(string role, string resource, Relation relation) =>
        _rules[(role, resource)].FirstOrDefault(rule => rule.Relations.HasFlag(relation))?.View;

    /// <summary>The place and all in which it lies; null where there is none.</summary>
    /// <param name="wanted">Once it is among them, the others are not looked for: each kind may be a question to the warehouse.</param>
    public async Task<HashSet<Place>?> AroundAsync(
        string kind, string id, Questions questions, Caller caller, Place? wanted, CancellationToken cancellationToken)
    {
        HashSet<Place>? all = null;
        foreach (var one in kinds.Where(one => one.Name == kind))
        {
            if (await one.Around(questions, id, caller, cancellationToken) is { } places)
            {
                (all ??= []).UnionWith(places);
            }

            if (wanted is not null && all?.Contains(wanted) == true)
            {
                break;
            }
        }

        return all;
    }
}

/// <summary>What the caller of one request may see, known before the first question of the request is asked.</summary>
internal sealed class Scope(PlacePolicy policy, Questions questions)
{
    private Caller? _caller;
    private Place? _own;
    private HashSet<Place> _around = [];
    private bool _isNowhere;

    /// <summary>
    /// The teacher, school, district or state whose people the caller may see; null for one who may see all, and for an analyst, who may see none.
    /// </summary>
    public Place? Own => _caller?.Role == Roles.Analyst ? null : _own;

    /// <summary>The caller's own place of a kind, or the one of that kind in which it lies; null where nothing limits the caller to one.</summary>
    /// <param name="given">What the caller asked for, which has been found to be allowed; it comes first.</param>
    /// <returns>Null where the caller is not limited; the empty text, which no place has as its id, where the caller's scope does not exist.</returns>
    public string? Limit(string kind, string? given = null) => given ?? (_isNowhere ? "" : _around.FirstOrDefault(place => place.Kind == kind)?.Id);

    /// <summary>Finds out where the scope of a caller lies whom one limits.</summary>
    public async Task SetAsync(Caller caller, CancellationToken cancellationToken)
    {
        (_caller, _own, _around, _isNowhere) = (caller, null, [], false);
        if (caller.ScopeId is { } id)
        {
            foreach (var kind in policy.Kinds.Where(kind => kind.Roles.Contains(caller.Role)).Select(kind => kind.Name).Distinct())
            {
                _own ??= new Place(kind, id);
                if (await policy.AroundAsync(kind, id, questions, caller, wanted: null, cancellationToken) is { } around)
                {
                    (_own, _around) = (new Place(kind, id), around);
                    return;
                }
            }

            _isNowhere = true;
        }
    }

    /// <summary>How the caller is answered about a place; null: as if there were none.</summary>
    /// <param name="resource">What of it, as <see cref="PlaceRule"/> has it.</param>
    public async Task<View?> ViewAsync(string resource, string kind, string id, CancellationToken cancellationToken) =>
        _caller is null ? View.Exact
        : await RelationToAsync(kind, id, cancellationToken) is { } relation ? policy.Find(_caller.Role, resource, relation)
        : null;

    /// <summary>How a place lies to the scope; null where there is no such place.</summary>
    public async Task<Relation?> RelationToAsync(string kind, string id, CancellationToken cancellationToken)
    {
        if (_own is null)
        {
            return Relation.Within;
        }

        var target = new Place(kind, id);
        if (target == _own)
        {
            return Relation.Within;
        }

        return _around.Contains(target) ? Relation.Above
            : await policy.AroundAsync(kind, id, questions, _caller!, _own, cancellationToken) is not { } around ? null
            : around.Contains(_own) ? Relation.Within
            : Relation.Elsewhere;
    }
}
