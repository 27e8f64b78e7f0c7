using Andi.Security;

namespace Andi.Oltp.Access;

/// <summary>
/// A row of the policy about a table: what a role may do with those of its rows that lie in the caller's scope. PostgreSQL itself keeps to it
/// (<see cref="TableAccess"/>): rows outside of the scope are not there for the caller, whatever statement is run.
/// </summary>
/// <param name="Role">One of <see cref="Roles"/> other than admin and service, which see all rows.</param>
/// <param name="Table">In schema <c>public</c>; also the resource that endpoints name.</param>
/// <param name="Actions">What the role may do.</param>
/// <param name="Rows">
/// An SQL condition on a row, in which <see cref="Scope"/> is the id that the token names. Rows of other tables that it looks at are those that the same
/// role may read. Null: the table is a view that shows the caller's own rows.
/// </param>
internal sealed record TableRule(string Role, string Table, Actions Actions, string? Rows)
{
    /// <summary>The caller's scope in <see cref="Rows"/>; null where the token names none.</summary>
    public const string Scope = "nullif(current_setting('andi.scope_id', true), '')";

    /// <summary>Every row.</summary>
    public const string All = "true";

    /// <summary>Lists and single rows.</summary>
    public const Actions Reading = Actions.Read | Actions.List;

    /// <summary>The same, and changes.</summary>
    public const Actions Writing = Reading | Actions.Write;

    /// <summary>The rule for endpoints.</summary>
    public AccessRule ForEndpoints => new(Role, Table, Actions);

    /// <summary>What everybody may read who may read anything: it says nothing of a person.</summary>
    public static IEnumerable<TableRule> OfCatalogue(string table) => ((string[])[.. Roles.Scoped, Roles.Analyst])
        .Select(role => new TableRule(role, table, Reading, All));
}
