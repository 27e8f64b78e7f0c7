using Andi.Topology;
using Andi.Web.Apis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Andi.Web.Live;

/// <summary>
/// Tells an open page which tables have moved: the read API's own stream, asked with the visitor's token, which a script of a page cannot see and so cannot
/// send itself.
/// </summary>
internal static class LiveEndpoint
{
    private const string LastEvent = "Last-Event-ID";

    /// <summary>Name of the HTTP client: a stream has no limit of time, and the browser itself connects again.</summary>
    public const string Client = "live";

#pragma warning disable EXTEXP0001 // Its only other way is a handler of our own that does nothing.
    public static void AddLive(this IServiceCollection services) => services
        .AddHttpClient(Client, http =>
        {
            http.BaseAddress = new Uri($"https+http://{ResourceNames.AnalyticsApi}");
            http.Timeout = Timeout.InfiniteTimeSpan;
        })
        .RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/live", StreamAsync).WithMetadata(new DisableRequestTimeoutAttribute());

    private static async Task StreamAsync(HttpContext http, IHttpClientFactory clients, IHostApplicationLifetime lifetime)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/stream");
        request.Headers.Authorization = new("Bearer", await http.GetTokenAsync(VisitorHandler.TokenName));
        if (http.Request.Headers[LastEvent] is [{ Length: > 0 } last])
        {
            request.Headers.TryAddWithoutValidation(LastEvent, last);
        }

        try
        {
            using var response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            http.Response.StatusCode = (int)response.StatusCode;
            http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            http.Response.Headers.CacheControl = "no-store";
            await using var events = await response.Content.ReadAsStreamAsync(end.Token);
            await events.CopyToAsync(http.Response.Body, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the app stops; the page connects again.
        }
        catch (Exception unreachable) when (ApiFailures.IsUnreachable(unreachable, end.Token) || unreachable is IOException)
        {
            if (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status502BadGateway;
            }
        }
    }
}
