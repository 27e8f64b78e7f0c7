namespace Andi.Security;

/// <summary>What a request does with a resource.</summary>
[Flags]
public enum Actions
{
    None = 0,

    /// <summary>Reads one by its id, or an answer about it.</summary>
    Read = 1,

    /// <summary>Reads many at once.</summary>
    List = 2,

    /// <summary>Creates, replaces, corrects and removes.</summary>
    Write = 4,
}

/// <summary>A row of the policy: a role may do this with the part of a resource that lies in its scope.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Resource">As endpoints name it (<see cref="AccessNeed"/>).</param>
/// <param name="Actions">All that the role may do.</param>
public sealed record AccessRule(string Role, string Resource, Actions Actions);

/// <summary>Of an endpoint: what a caller must be allowed to. An endpoint without it answers 403 to everybody.</summary>
/// <param name="Resource">What the endpoint reads or writes. In braces the route's value that names it: <c>{entity}</c>.</param>
/// <param name="Action">What it does with it.</param>
public sealed record AccessNeed(string Resource, Actions Action);

/// <summary>
/// Who may do what: the rows that the areas bring, and two that hold everywhere. An <c>admin</c> may do everything; a role without a row may do nothing.
/// Which rows or places lie in a caller's scope is not said here, but where they are looked up.
/// </summary>
public sealed class AccessPolicy(IEnumerable<AccessRule> rules)
{
    private readonly Dictionary<(string Role, string Resource), Actions> _allowed = rules
        .GroupBy(rule => (rule.Role, rule.Resource))
        .ToDictionary(same => same.Key, same => same.Aggregate(Actions.None, (all, rule) => all | rule.Actions));

    /// <summary>Whether the role may do all of <paramref name="actions"/> with some of the resource.</summary>
    public bool Allows(string role, string resource, Actions actions) =>
        role == Roles.Admin || (_allowed.GetValueOrDefault((role, resource)) & actions) == actions;
}
