using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.Security;

/// <summary>
/// Says of a request whose answer goes on for long whether its token would still be accepted: checked anew as for a new request, so that one that has expired
/// or was revoked meanwhile is found, and one whose key was withdrawn.
/// </summary>
public sealed class TokenWatch(IServiceScopeFactory scopes)
{
    /// <summary>Whether a request with the same token would be authenticated now.</summary>
    public async Task<bool> IsAcceptedAsync(HttpContext http)
    {
        // Of the request itself the first result is kept.
        await using var scope = scopes.CreateAsyncScope();
        var again = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = http.RequestAborted };
        again.Request.Headers.Authorization = http.Request.Headers.Authorization;
        return (await again.AuthenticateAsync()).Succeeded;
    }
}
