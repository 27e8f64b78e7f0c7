using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.AppHost.Lifecycle;

/// <summary>Health checks that notice at once when a resource becomes ready.</summary>
internal static class ReadinessCheck
{
    // Aspire repeats a failed check only after seconds; a check that probes often while it runs makes a quick start.
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(30);

    /// <summary>The resource is healthy when the probe does not throw.</summary>
    public static IResourceBuilder<T> WithReadinessCheck<T>(this IResourceBuilder<T> resource, Func<CancellationToken, Task> probe)
        where T : IResource
    {
        var key = $"{resource.Resource.Name}-readiness";
        resource.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, token => CheckAsync(probe, token));
        return resource.WithHealthCheck(key);
    }

    private static async Task<HealthCheckResult> CheckAsync(Func<CancellationToken, Task> probe, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await probe(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TimeProvider.System.GetElapsedTime(started) > ProbeTime)
                {
                    return HealthCheckResult.Unhealthy(exception.Message);
                }
            }

            await Task.Delay(ProbeInterval, cancellationToken);
        }
    }
}
