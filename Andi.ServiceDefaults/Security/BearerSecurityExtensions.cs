using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
            .Configure<IOptions<SecurityOptions>, IServiceProvider>((bearer, security, services) => Configure(bearer, security.Value, services));
        builder.Services.AddSingleton<TokenRules>().AddSingleton<RevocationList>().AddSingleton<AuthorityKeys>().AddSingleton<TokenWatch>();
        builder.Services.AddHealthChecks().AddCheck<TokensHealthCheck>("tokens");
        builder.Services.AddOptions<ProblemDetailsOptions>().PostConfigure(SayWhy);
        builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .AddRequirements(new AccessRequirement())
            .Build());
        builder.Services.TryAddSingleton(new AccessPolicy([]));
        builder.Services.AddSingleton<IAuthorizationHandler, AccessPolicyHandler>();
    }

    private static void Configure(JwtBearerOptions bearer, SecurityOptions security, IServiceProvider services)
    {
        bearer.MapInboundClaims = false;
        bearer.EventsType = typeof(TokenRules);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = security.Audience,
            NameClaimType = JwtRegisteredClaimNames.Sub,
            RoleClaimType = ClaimNames.Role,
            ClockSkew = TimeSpan.FromSeconds(30),
        };
        if (!string.IsNullOrWhiteSpace(security.SigningKeyFile))
        {
            bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.HmacSha256];
            bearer.TokenValidationParameters.ValidIssuer = security.Issuer;
            bearer.TokenValidationParameters.IssuerSigningKey = SigningKey.Read(security.SigningKeyFile);
        }
        else
        {
            bearer.TokenValidationParameters.ValidAlgorithms = AsymmetricAlgorithms;
            bearer.ConfigurationManager = services.GetRequiredService<AuthorityKeys>();
        }
    }

    // The bare status is written by the framework.
    private static void SayWhy(ProblemDetailsOptions problems)
    {
        var customize = problems.CustomizeProblemDetails;
        problems.CustomizeProblemDetails = context =>
        {
            if (context.HttpContext.Features.Get<RefusalReason>() is { } reason)
            {
                context.ProblemDetails.Detail ??= reason.Detail;
            }

            customize?.Invoke(context);
        };
    }
}
