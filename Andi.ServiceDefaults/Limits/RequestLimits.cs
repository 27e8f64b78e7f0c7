using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Andi.Limits;

/// <summary>Limits of the size and the time of one request.</summary>
internal static class RequestLimits
{
    // Bytes a second, after five seconds: a telephone is faster, and somebody who holds connections open is slower.
    private const double LeastBytesPerSecond = 240;
    private const string RetryAfterSeconds = "5";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration("Limits").ValidateDataAnnotations().ValidateOnStart();
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<LimitOptions>>((timeouts, limits) => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromSeconds(limits.Value.RequestSeconds),
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = http => RefuseAsync(http, limits.Value.RequestSeconds),
        });
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) => SetLimits(kestrel, limits.Value));
    }

    private static void SetLimits(KestrelServerOptions kestrel, LimitOptions limits)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = limits.RequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = limits.Headers;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(limits.IdleConnectionSeconds);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, Grace);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, Grace);
    }

    private static Task RefuseAsync(HttpContext http, int seconds)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        var outcome = HttpMethods.IsGet(http.Request.Method) ? "." : "; whether it wrote anything is not known: read before you repeat it.";
        return TypedResults.Problem(
            statusCode: http.Response.StatusCode,
            title: "The request took too long.",
            detail: $"It was ended after {seconds} s{outcome}").ExecuteAsync(http);
    }
}
