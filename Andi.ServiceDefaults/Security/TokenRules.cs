using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Andi.Security;

/// <summary>
/// What is asked of a token beyond its signature, audience, issuer and time: a subject and an id, one role and one scope at most, a scope that goes with the
/// role, and that it was not revoked. Else the answer is 401, and says why. What a role may do is not decided here: a token without one is no one's, and gets
/// 403.
/// </summary>
internal sealed class TokenRules(IOptions<SecurityOptions> security, RevocationList revoked, IServiceProvider services) : JwtBearerEvents
{
    private const string Scheme = "Bearer ";
    private const string RetryAfterSeconds = "5";

    // Clocks of whoever signs and the rounding to whole seconds.
    private static readonly TimeSpan LifetimeTolerance = TimeSpan.FromMinutes(1);

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (context.Options.ConfigurationManager is AuthorityKeys && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && await services.GetRequiredService<AuthorityKeys>().FindAsync(KeyId(header[Scheme.Length..].Trim()), context.HttpContext.RequestAborted) is null)
        {
            context.Fail(new AuthorityUnavailableException());
        }
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        if (ReasonAgainst(context.SecurityToken as JsonWebToken) is { } reason)
        {
            context.Fail(new RefusedTokenException(reason));
        }

        return Task.CompletedTask;
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        switch (context.AuthenticateFailure)
        {
            case AuthorityUnavailableException unavailable:
                context.HandleResponse();
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                context.HttpContext.Features.Set(new RefusalReason(unavailable.Message));
                return Task.CompletedTask;
            case RefusedTokenException refused:
                context.ErrorDescription = refused.Message;
                break;
            case null:
                context.HttpContext.Features.Set(new RefusalReason("There is no bearer token: send Authorization: Bearer and a token."));
                return Task.CompletedTask;
        }

        var reason = string.IsNullOrEmpty(context.ErrorDescription) ? "The token is not valid." : context.ErrorDescription;
        context.HttpContext.Features.Set(new RefusalReason(reason));
        return Task.CompletedTask;
    }

    private static string? KeyId(string token)
    {
        try
        {
            return new JsonWebToken(token) is { Kid.Length: > 0 } parsed ? parsed.Kid : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return null;
        }
    }

    private string? ReasonAgainst(JsonWebToken? token)
    {
        // RFC 7515, 4.1.11: a token that lists extensions which its reader must understand is refused by a reader that does not. None is understood here,
        // and the token handler does not look.
        if (token is null || token.TryGetHeaderValue<object>("crit", out _))
        {
            return "The token's 'crit' header lists extensions that are not understood here.";
        }

        string[] Values(string type) => [.. token.Claims.Where(claim => claim.Type == type).Select(claim => claim.Value)];
        var (roles, scopes) = (Values(ClaimNames.Role), Values(ClaimNames.ScopeId));
        return (Values(JwtRegisteredClaimNames.Sub), Values(JwtRegisteredClaimNames.Jti)) switch
        {
            (not [{ Length: > 0 }], _) => "The token has no subject ('sub'), or more than one.",
            (_, not [{ Length: > 0 }]) => "The token has no id ('jti'), or more than one.",
            _ when roles.Length > 1 => "The token has more than one role.",
            _ when scopes.Length > 1 => "The token has more than one scope_id.",
            (_, [var id]) when revoked.Contains(id) => "The token was revoked.",
            _ when roles is [var role] && RoleScopes.ReasonAgainst(role, scopes.SingleOrDefault()) is { } reason => reason,
            _ when security.Value.SigningKeyFile is not null && token.ValidTo - token.IssuedAt > BearerToken.MaxLifetime + LifetimeTolerance =>
                $"A token of development is valid for at most {BearerToken.MaxLifetime.TotalDays} days.",
            _ => null,
        };
    }
}

/// <summary>A token is authentic, and refused all the same.</summary>
/// <param name="reason">A sentence for whoever sent it; it repeats nothing of the token.</param>
internal sealed class RefusedTokenException(string reason) : Exception(reason);

/// <summary>Of a request that was refused for its token, so that the problem document says why.</summary>
internal sealed record RefusalReason(string Detail);
