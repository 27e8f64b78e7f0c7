using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;

namespace Andi.Web.Apis;

/// <summary>Sends the visitor's own token, and the position of the visitor's last write: what a page shows is what the policy allows this visitor.</summary>
internal sealed class VisitorHandler(IHttpContextAccessor accessor) : DelegatingHandler
{
    /// <summary>Under which the visitor's cookie holds the access token.</summary>
    public const string TokenName = "access_token";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessor.HttpContext is { } http)
        {
            if (await http.GetTokenAsync(TokenName) is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            if (request.Method == HttpMethod.Get && http.RequestServices.GetRequiredService<PositionCookie>().Value is { } position)
            {
                request.Headers.TryAddWithoutValidation(PositionCookie.AtLeast, position);
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
