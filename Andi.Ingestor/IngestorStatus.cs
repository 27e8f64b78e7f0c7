using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.Ingestor;

/// <summary>Whether the ingestor ingests changes; a health check.</summary>
internal sealed class IngestorStatus : IHealthCheck
{
    private volatile string? _failure = "The ingestor is starting.";

    /// <summary>Why changes of some partition are not ingested; null where all are.</summary>
    public string? Failure => _failure;

    public void IsRunning() => _failure = null;

    public void HasFailed(string reason) => _failure = reason;

    /// <param name="failure">Why some partition is not ingested; null where all are.</param>
    public void Report(string? failure) => _failure = failure;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_failure is { } failure ? HealthCheckResult.Unhealthy(failure) : HealthCheckResult.Healthy());
}
