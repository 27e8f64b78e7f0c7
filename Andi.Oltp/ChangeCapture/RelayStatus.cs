using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.Oltp.ChangeCapture;

/// <summary>What the relay of this instance does at the moment; a health check. Waiting for another instance's slot is healthy.</summary>
internal sealed class RelayStatus : IHealthCheck
{
    private volatile HealthCheckResultBox _result = new(HealthCheckResult.Unhealthy("The change relay is starting."));

    public void IsStreaming(int generation) => _result = new(HealthCheckResult.Healthy($"Relaying generation {generation}."));

    public void IsStandingBy() => _result = new(HealthCheckResult.Healthy("Another instance relays; this one waits for its slot."));

    public void IsTakingSnapshot() => _result = new(HealthCheckResult.Degraded("Taking the initial snapshot."));

    public void IsOff() => _result = new(HealthCheckResult.Healthy("Switched off here."));

    public void HasFailed(string reason) => _result = new(HealthCheckResult.Unhealthy(reason));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_result.Result);

    private sealed record HealthCheckResultBox(HealthCheckResult Result);
}
