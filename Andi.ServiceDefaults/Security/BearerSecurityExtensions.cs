using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Andi.Security;

internal static class BearerSecurityExtensions
{
    // A provider publishes its keys: with HMAC allowed, anybody could sign with a public key as if it were a secret.
    private static readonly string[] AsymmetricAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>
    /// Bearer tokens on everything that asks for authorization, and the policy that the host adds to the services (<see cref="AccessPolicy"/>).
    /// </summary>
    public static void AddBearerSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SecurityOptions>().BindConfiguration("Security").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<SecurityOptions>>((bearer, security) => Configure(bearer, security.Value));
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .AddRequirements(new AccessRequirement())
            .Build());
        builder.Services.TryAddSingleton(new AccessPolicy([]));
        builder.Services.AddSingleton<IAuthorizationHandler, AccessPolicyHandler>();
    }

    private static void Configure(JwtBearerOptions bearer, SecurityOptions security)
    {
        bearer.MapInboundClaims = false;
        bearer.Events = new JwtBearerEvents { OnTokenValidated = RefuseCriticalExtensions };
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = security.Audience,
            NameClaimType = JwtRegisteredClaimNames.Sub,
            RoleClaimType = ClaimNames.Role,
            ClockSkew = TimeSpan.FromSeconds(30),
        };
        if (security.SigningKeyFile is { } file)
        {
            bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
            bearer.TokenValidationParameters.ValidIssuer = security.Issuer;
            bearer.TokenValidationParameters.IssuerSigningKey = SigningKey.Read(file);
        }
        else
        {
            bearer.TokenValidationParameters.ValidAlgorithms = AsymmetricAlgorithms;
            bearer.Authority = security.Authority;
        }
    }

    // RFC 7515, 4.1.11: a token that lists extensions which its reader must understand is refused by a reader that does not. None is understood here,
    // and the token handler does not look.
    private static Task RefuseCriticalExtensions(TokenValidatedContext context)
    {
        if (context.SecurityToken is not JsonWebToken token || token.TryGetHeaderValue<object>("crit", out _))
        {
            context.Fail("The token's 'crit' header lists extensions that are not understood here.");
        }

        return Task.CompletedTask;
    }
}
