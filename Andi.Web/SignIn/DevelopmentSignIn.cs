using Andi.Security;
using Andi.Web.Apis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.Web.SignIn;

/// <summary>Makes tokens with the key of development.</summary>
internal sealed class DevelopmentTokens(IOptions<SecurityOptions> security, TimeProvider time)
{
    public string Create(string role, string? scopeId) => BearerToken.Create(
        SigningKey.Read(security.Value.SigningKeyFile!), role, scopeId, time.GetUtcNow() + BearerToken.DefaultLifetime);
}

/// <summary>What the page of <see cref="SignInExtensions.Path"/> posts: one signs in as anybody, to see the product as that person does.</summary>
internal static class DevelopmentSignIn
{
    public static void Map(WebApplication app) => app.MapPost(SignInExtensions.Path, SignInAsync).AllowAnonymous();

    private static async Task<RedirectHttpResult> SignInAsync(
        [FromForm] string role, [FromForm] string? scopeId, [FromForm] string? name, [FromForm] string? returnUrl, DevelopmentTokens tokens, HttpContext http)
    {
        scopeId = string.IsNullOrWhiteSpace(scopeId) ? null : scopeId.Trim();
        if (!Roles.All.Contains(role) || RoleScopes.ReasonAgainst(role, scopeId) is not null)
        {
            return TypedResults.LocalRedirect($"{SignInExtensions.Path}?role={Uri.EscapeDataString(role)}&refused=true");
        }

        var token = tokens.Create(role, scopeId);
        var parsed = new JsonWebToken(token);
        var properties = new AuthenticationProperties { ExpiresUtc = parsed.ValidTo };
        properties.StoreTokens([new AuthenticationToken { Name = VisitorHandler.TokenName, Value = token }]);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Visitor.PrincipalOf(parsed, name), properties);
        return TypedResults.LocalRedirect(LocalPath.Of(returnUrl));
    }
}
