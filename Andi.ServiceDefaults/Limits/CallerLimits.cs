using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Andi.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Andi.Limits;

/// <summary>
/// Limits of how much is asked: requests of each caller by a token bucket (429), and heavy questions at once (503). Both answers carry Retry-After.
/// A caller is the <c>sub</c> of a valid token, else the address, which so limits the guessing of tokens as well.
/// </summary>
public static class CallerLimits
{
    private const string HeavyPolicy = "heavy";

    // What a heavy question takes at most in the usual case.
    private const int HeavyRetrySeconds = 1;

    /// <summary>Marks what costs the stores much; few of them are answered at once (<see cref="LimitOptions.HeavyQuestions"/>).</summary>
    public static TBuilder IsHeavy<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireRateLimiting(HeavyPolicy);

    internal static void AddCallerLimits(this IServiceCollection services)
    {
        services.AddRateLimiter();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>((limiter, options) =>
        {
            var limits = options.Value;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => PartitionOf(http, limits));
            limiter.AddPolicy(HeavyPolicy, _ => RateLimitPartition.GetConcurrencyLimiter(HeavyPolicy, _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = limits.HeavyQuestions,
                QueueLimit = limits.HeavyQuestionsWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));
            limiter.OnRejected = RefuseAsync;
        });
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext http, LimitOptions limits)
    {
        if (http.User.Identity is not { IsAuthenticated: true, Name: { } subject })
        {
            return Bucket($"address {Network(http.Connection.RemoteIpAddress)}", limits.AnonymousRequestsPerSecond, limits.AnonymousBurst);
        }

        return http.User.IsInRole(Roles.Admin) || http.User.IsInRole(Roles.Service)
            ? RateLimitPartition.GetNoLimiter("unlimited")
            : Bucket($"subject {subject}", limits.RequestsPerSecond, limits.Burst);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond, int burst) => RateLimitPartition.GetTokenBucketLimiter(
        key,
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = false,
        });

    // A subscriber has a whole /64 of IPv6 to himself.
    private static string Network(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address?.MapToIPv4().ToString() ?? "";
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var http = rejected.HttpContext;
        // Only what replenishes by time knows when; places become free.
        var isCaller = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after);
        var seconds = isCaller ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : HeavyRetrySeconds;
        http.Response.StatusCode = isCaller ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await TypedResults.Problem(
            statusCode: http.Response.StatusCode,
            title: isCaller ? "Too many requests." : "Too many heavy questions.",
            detail: isCaller
                ? $"This caller has sent more requests than it may; wait {seconds} s."
                : "As many heavy questions as are answered at once are under way, and as many as may wait are waiting; try again later.").ExecuteAsync(http);
    }
}
