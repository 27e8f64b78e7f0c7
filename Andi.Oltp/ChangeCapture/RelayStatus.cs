using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.Oltp.ChangeCapture;

/// <summary>What the relays of this instance do at the moment, one per generation; a health check. Waiting for another instance's slot is healthy.</summary>
internal sealed class RelayStatus : IHealthCheck
{
    private readonly ConcurrentDictionary<int, (HealthStatus Status, string Text)> _generations = new();
    private volatile string? _failure = "The change relay is starting.";

    public void IsStreaming(int generation) => Set(generation, HealthStatus.Healthy, $"Relaying generation {generation}.");

    public void IsStandingBy(int generation) =>
        Set(generation, HealthStatus.Healthy, $"Another instance relays generation {generation}; this one waits for its slot.");

    public void IsTakingSnapshot(int generation) => Set(generation, HealthStatus.Degraded, $"Taking the snapshot of generation {generation}.");

    public void IsOff()
    {
        _failure = null;
        _generations[0] = (HealthStatus.Healthy, "Switched off here.");
    }

    public void HasFailed(int generation, string reason) => Set(generation, HealthStatus.Unhealthy, $"The relay of generation {generation} failed: {reason}");

    public void HasFailed(string reason) => _failure = $"The change relay cannot start: {reason}";

    public void HasEnded(int generation) => _generations.TryRemove(generation, out _);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var generations = _generations.OrderBy(generation => generation.Key).Select(generation => generation.Value).ToList();
        return Task.FromResult(generations.Count == 0
            ? HealthCheckResult.Unhealthy(_failure ?? "No generation is being relayed.")
            : new HealthCheckResult(generations.Min(generation => generation.Status), string.Join(" ", generations.Select(generation => generation.Text))));
    }

    private void Set(int generation, HealthStatus health, string text)
    {
        _failure = null;
        _generations[generation] = (health, text);
    }
}
