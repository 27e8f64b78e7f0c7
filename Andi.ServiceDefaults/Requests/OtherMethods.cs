using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Andi.Requests;

/// <summary>What HTTP expects of every resource (RFC 9110, 9.3.2 and 9.3.7): HEAD is answered as GET, without the body; OPTIONS with the methods that there
/// are.</summary>
public static class OtherMethods
{
    /// <summary>Whether the caller asked for the headers alone: an answer that would go on for long need not begin.</summary>
    public static bool IsHead(this HttpContext http) => http.Features.Get<HeadRequest>() is not null;

    /// <summary>Comes before routing.</summary>
    internal static void UseHead(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            // The server still knows that it was HEAD, and sends no body.
            http.Request.Method = HttpMethods.Get;
            http.Features.Set(new HeadRequest());
        }

        return next(http);
    });

    /// <summary>Comes behind what describes errors: routing answers 405 with the methods.</summary>
    internal static void UseOptions(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (HttpMethods.IsOptions(http.Request.Method) && http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    });

    private sealed class HeadRequest;
}
