using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace Andi.Security;

/// <summary>Makes the tokens of native mode and development; in production the OIDC provider does.</summary>
public static class BearerToken
{
    /// <param name="key">See <see cref="SigningKey"/>.</param>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="scopeId">The teacher, school, district or state that the role is for; null for roles without one.</param>
    /// <param name="expires">When the token ends, UTC.</param>
    public static string Create(SymmetricSecurityKey key, string role, string? scopeId, DateTimeOffset expires)
    {
        List<Claim> claims = [new(ClaimNames.Role, role)];
        if (scopeId is not null)
        {
            claims.Add(new Claim(ClaimNames.ScopeId, scopeId));
        }

        var defaults = new SecurityOptions();
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
            defaults.Issuer, defaults.Audience, claims, expires: expires.UtcDateTime,
            signingCredentials: new SigningCredentials(key, SecurityAlgorithms.HmacSha256)));
    }
}
