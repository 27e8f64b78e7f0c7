using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Andi.Requests;

/// <summary>What HTTP expects of every resource (RFC 9110, 9.3.2 and 9.3.7): HEAD is answered as GET, without the body; OPTIONS with the methods that there
/// are.</summary>
internal static class OtherMethods
{
    /// <summary>Comes before routing.</summary>
    public static void UseHead(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            // The server still knows that it was HEAD, and sends no body.
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    });

    /// <summary>Comes behind what describes errors: routing answers 405 with the methods.</summary>
    public static void UseOptions(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (HttpMethods.IsOptions(http.Request.Method) && http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    });
}
