using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Andi.Requests;

/// <summary>Headers by which browsers do less with an answer than they might. Every answer has them, errors included.</summary>
public static class SecurityHeaders
{
    private const string TransportSecurity = "max-age=31536000";

    // The page of the API's description: scripts and styles of the service itself and those within the page, requests to the service alone.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Those of an answer that is data: nothing in it is to be run, shown in a frame or kept.</summary>
    internal static readonly IReadOnlyList<KeyValuePair<string, string>> OfData =
    [
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("X-Frame-Options", "DENY"),
        new("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ];

    /// <summary>Comes first, so that what answers for others is covered as well.</summary>
    /// <param name="pages">The path below which there are pages to look at.</param>
    internal static void UseSecurityHeaders(this IApplicationBuilder app, PathString pages) => app.UseSecurityHeaders(pages, PagePolicy);

    /// <summary>Comes first, so that what answers for others is covered as well.</summary>
    /// <param name="pages">The path below which there are pages to look at.</param>
    /// <param name="pagePolicy">The <c>Content-Security-Policy</c> of these pages.</param>
    public static void UseSecurityHeaders(this IApplicationBuilder app, PathString pages, string pagePolicy) => app.Use((http, next) =>
    {
        http.Response.OnStarting(
            state =>
            {
                Add((HttpContext)state, pages, pagePolicy);
                return Task.CompletedTask;
            },
            http);
        return next(http);
    });

    private static void Add(HttpContext http, PathString pages, string pagePolicy)
    {
        var headers = http.Response.Headers;
        foreach (var (name, value) in OfData)
        {
            headers[name] = value;
        }

        if (http.Request.Path.StartsWithSegments(pages))
        {
            headers.ContentSecurityPolicy = pagePolicy;
        }

        // What was told to one caller stays in no cache, except where the answer itself says how.
        if (http.Request.Headers.Authorization.Count > 0 && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = TransportSecurity;
        }
    }
}
