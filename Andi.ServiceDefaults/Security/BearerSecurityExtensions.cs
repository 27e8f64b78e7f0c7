using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Andi.Security;

internal static class BearerSecurityExtensions
{
    /// <summary>Bearer tokens on everything that asks for authorization. Until roles are told apart by scope, only admin and service pass.</summary>
    public static void AddBearerSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SecurityOptions>().BindConfiguration("Security").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<SecurityOptions>>((bearer, security) => Configure(bearer, security.Value));
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireClaim(ClaimNames.Role, Roles.Admin, Roles.Service)
            .Build());
    }

    private static void Configure(JwtBearerOptions bearer, SecurityOptions security)
    {
        // Claims keep the names they have in the token.
        bearer.SecurityTokenValidators.Clear();
        bearer.SecurityTokenValidators.Add(new JwtSecurityTokenHandler { MapInboundClaims = false });
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = security.Audience,
            RoleClaimType = ClaimNames.Role,
            ClockSkew = TimeSpan.FromSeconds(30),
        };
        if (security.SigningKeyFile is { } file)
        {
            bearer.TokenValidationParameters.ValidIssuer = security.Issuer;
            bearer.TokenValidationParameters.IssuerSigningKey = SigningKey.Read(file);
        }
        else
        {
            bearer.Authority = security.Authority;
        }
    }
}
