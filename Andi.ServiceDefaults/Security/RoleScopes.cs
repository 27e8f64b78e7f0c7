namespace Andi.Security;

/// <summary>Which roles are for a teacher, a school, a district or a state, and which are for no one place.</summary>
public static class RoleScopes
{
    /// <summary>Why a role does not go with a scope; null where it does, and where there is no such role.</summary>
    /// <param name="scope">The id; null or empty where there is none.</param>
    public static string? ReasonAgainst(string role, string? scope) => role switch
    {
        _ when Roles.Scoped.Contains(role) && string.IsNullOrWhiteSpace(scope) => $"The role {role} needs a scope: the id that it is for.",
        // Whoever gave it a scope meant less than everything.
        Roles.Service or Roles.Admin when scope is not null => $"The role {role} has no scope.",
        Roles.Analyst when scope is not null && string.IsNullOrWhiteSpace(scope) => $"The scope of the role {role} is empty.",
        _ => null,
    };
}
