using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.Ingestor;

/// <summary>Whether the ingestor takes changes in; a health check.</summary>
internal sealed class IngestorStatus : IHealthCheck
{
    private volatile string? _failure = "The ingestor is starting.";

    /// <summary>Why changes are not taken in, of some partition at least; null where they are.</summary>
    public string? Failure => _failure;

    public void IsRunning() => _failure = null;

    public void HasFailed(string reason) => _failure = reason;

    /// <param name="failure">Why some partition stands still; null where none does.</param>
    public void Report(string? failure) => _failure = failure;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_failure is { } failure ? HealthCheckResult.Unhealthy(failure) : HealthCheckResult.Healthy());
}
