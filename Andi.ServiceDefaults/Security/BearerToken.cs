using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Andi.Security;

/// <summary>Makes the tokens of development; in production the OIDC provider does.</summary>
public static class BearerToken
{
    /// <summary>What a token of development is valid for unless somebody asks for more or less.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(12);

    /// <summary>Services refuse a token of development that was made for longer.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(30);

    /// <summary>Signs a token (JWT, HS256) with an id of its own.</summary>
    /// <param name="key">See <see cref="SigningKey"/>.</param>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="scopeId">The teacher, school, district or state that the role is for; null for roles without one.</param>
    /// <param name="expires">When the token ends, UTC.</param>
    /// <param name="subject">Whom it is for; default: named after the role, with its scope behind a colon.</param>
    public static string Create(SymmetricSecurityKey key, string role, string? scopeId, DateTimeOffset expires, string? subject = null)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = subject ?? (scopeId is null ? role : $"{role}:{scopeId}"),
            [JwtRegisteredClaimNames.Jti] = Guid.CreateVersion7().ToString("N"),
            [ClaimNames.Role] = role,
        };
        if (scopeId is not null)
        {
            claims[ClaimNames.ScopeId] = scopeId;
        }

        var defaults = new SecurityOptions();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = defaults.Issuer,
            Audience = defaults.Audience,
            Claims = claims,
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }
}
