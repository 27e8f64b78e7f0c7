using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.Security;

/// <summary>Who sent a request, as the token says.</summary>
/// <param name="Subject">The token's <c>sub</c>.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="ScopeId">The teacher, school, district or state that the role is for; null for roles without one.</param>
public sealed record Caller(string Subject, string Role, string? ScopeId)
{
    /// <summary>Whether no scope limits the caller: what an admin or a system may do, it may do everywhere.</summary>
    public bool IsUnlimited => Role is Roles.Admin or Roles.Service;

    /// <summary>The caller of an authenticated request; null where the token names no role or more than one, or more than one scope.</summary>
    public static Caller? Of(ClaimsPrincipal user)
    {
        var roles = user.FindAll(ClaimNames.Role).Take(2).ToList();
        var scopes = user.FindAll(ClaimNames.ScopeId).Take(2).ToList();
        return roles is [var role] && scopes.Count <= 1
            ? new Caller(user.FindFirstValue(JwtRegisteredClaimNames.Sub) ?? role.Value, role.Value, scopes.Count == 0 ? null : scopes[0].Value)
            : null;
    }
}
