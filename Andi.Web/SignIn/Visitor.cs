using System.Security.Claims;
using Andi.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.Web.SignIn;

/// <summary>Who looks at the pages.</summary>
internal static class Visitor
{
    /// <summary>What a cookie says of a visitor: subject, role and scope of the token, and how he or she is called.</summary>
    /// <param name="name">As people know the visitor; null: the token's subject.</param>
    public static ClaimsPrincipal PrincipalOf(JsonWebToken token, string? name)
    {
        string? Value(string type) => token.Claims.FirstOrDefault(claim => claim.Type == type)?.Value;
        var identity = new ClaimsIdentity(CookieAuthenticationDefaults.AuthenticationScheme, JwtRegisteredClaimNames.Sub, ClaimNames.Role);
        void Add(string type, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                identity.AddClaim(new Claim(type, value));
            }
        }

        Add(JwtRegisteredClaimNames.Sub, token.Subject);
        Add(ClaimNames.Role, Value(ClaimNames.Role));
        Add(ClaimNames.ScopeId, Value(ClaimNames.ScopeId));
        Add(JwtRegisteredClaimNames.Name, name ?? token.Subject);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>How the visitor is called.</summary>
    public static string NameOf(ClaimsPrincipal visitor) =>
        visitor.FindFirst(JwtRegisteredClaimNames.Name)?.Value ?? visitor.Identity?.Name ?? "";
}
