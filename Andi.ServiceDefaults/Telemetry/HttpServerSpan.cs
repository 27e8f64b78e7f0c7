using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Andi.Telemetry;

/// <summary>
/// Names ASP.NET Core's own request span after its route and gives it OpenTelemetry's HTTP server attributes, which the instrumentation package would
/// add (https://opentelemetry.io/docs/specs/semconv/http/http-spans/).
/// </summary>
internal sealed class HttpServerSpan(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var span = Activity.Current;
        if (span is null)
        {
            await next(context);
            return;
        }

        var request = context.Request;
        if (request.Path.Value is "/health" or "/alive")
        {
            // Probes come every second from every host. Neither they nor the calls they make are sent.
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            await next(context);
            return;
        }

        span.SetTag("http.request.method", request.Method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.Path.Value);
        span.SetTag("server.address", request.Host.Host);
        span.SetTag("server.port", request.Host.Port);
        try
        {
            await next(context);
        }
        finally
        {
            End(span, context);
        }
    }

    private static void End(Activity span, HttpContext context)
    {
        // A group's root is mapped as "/", which its path does not have to end with.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? $"/{pattern.Trim('/')}" : null;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode < StatusCodes.Status500InternalServerError)
        {
            return;
        }

        span.SetStatus(ActivityStatusCode.Error);
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } exception)
        {
            span.SetTag("error.type", exception.GetType().FullName);
            span.AddException(exception);
        }
    }
}
