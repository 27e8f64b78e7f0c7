using Andi.AnalyticsApi.Requests;
using Andi.Security;

namespace Andi.AnalyticsApi.Access;

/// <summary>Something that an answer can be about and that can lie in a caller's scope, as a classroom does in a school.</summary>
/// <param name="Kind">As <see cref="PlaceKind.Name"/>.</param>
internal sealed record Place(string Kind, string Id);

/// <summary>A kind of place, which an area brings.</summary>
/// <param name="Name">What a problem document calls one; also how endpoints name it.</param>
/// <param name="Roles">The roles whose scope is one of these.</param>
/// <param name="Around">
/// The place of an id and all in which it lies, as of now, for a caller; null where there is none. Several kinds of one name add up, so that an area can
/// say of another's that it lies in further places.
/// </param>
internal sealed record PlaceKind(string Name, IReadOnlyList<string> Roles, PlacesAround Around);

/// <param name="questions">Asks at the position of the request.</param>
/// <param name="id">Of a place.</param>
/// <param name="caller">Who wants to know.</param>
/// <param name="cancellationToken">Ends the queries.</param>
internal delegate Task<IReadOnlyList<Place>?> PlacesAround(Questions questions, string id, Caller caller, CancellationToken cancellationToken);

/// <summary>How the place that a question is about lies to the caller's scope. A role without a scope is everywhere within.</summary>
[Flags]
internal enum Relation
{
    /// <summary>It is the scope, or lies in it.</summary>
    Within = 1,

    /// <summary>The scope lies in it.</summary>
    Above = 2,

    Elsewhere = 4,
}

/// <summary>How a caller may see aggregates of people.</summary>
internal enum View
{
    /// <summary>Live and exact: the caller may see the people themselves.</summary>
    Exact,

    /// <summary>As published, under the small-group rule.</summary>
    Protected,
}

/// <summary>A row of the policy: what a role is answered about places that lie so to its scope. Without a row a place is answered as an unknown one.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Resource">As endpoints name it.</param>
/// <param name="Relations">Any of these.</param>
/// <param name="View">How.</param>
internal sealed record PlaceRule(string Role, string Resource, Relation Relations, View View = View.Exact)
{
    /// <summary>The rule for endpoints.</summary>
    public AccessRule ForEndpoints => new(Role, Resource, Actions.Read | Actions.List);

    /// <summary>Whoever may read anything may read this: it says nothing of a person.</summary>
    public static IEnumerable<PlaceRule> ForEverybody(params IEnumerable<string> resources) =>
        from resource in resources
        from role in (string[])[.. Roles.Scoped, Roles.Analyst]
        select new PlaceRule(role, resource, Relation.Within | Relation.Above | Relation.Elsewhere);
}

/// <summary>Of an endpoint: the place that it is about.</summary>
/// <param name="Resource">What of it is answered.</param>
/// <param name="Kind">As <see cref="PlaceKind.Name"/>.</param>
/// <param name="Parameter">The value of the route or, where it may be left out, of the query.</param>
internal sealed record PlaceNeed(string Resource, string Kind, string Parameter);

internal static class PlaceNeedExtensions
{
    /// <summary>The endpoint answers a question about one place: who may not ask it of that place is answered as if there were none.</summary>
    /// <inheritdoc cref="PlaceNeed" path="/param"/>
    public static T About<T>(this T endpoint, string resource, string kind, string parameter)
        where T : IEndpointConventionBuilder =>
        endpoint.Needs(Actions.Read, resource).WithMetadata(new PlaceNeed(resource, kind, parameter));

    /// <summary>The endpoint lists, and is limited to the caller's scope by what it asks of <see cref="Scope"/>.</summary>
    public static T Lists<T>(this T endpoint, string resource)
        where T : IEndpointConventionBuilder => endpoint.Needs(Actions.List, resource);

    /// <summary>A list may be narrowed to a place, which must be one that the caller may ask about.</summary>
    public static T NarrowedBy<T>(this T endpoint, string resource, string kind, string parameter)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new PlaceNeed(resource, kind, parameter));
}
