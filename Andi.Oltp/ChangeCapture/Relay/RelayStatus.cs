using System.Collections.Concurrent;
using System.Globalization;
using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>
/// What the relays of this instance do at the moment, one per generation; a health check. Waiting for another instance's slot is healthy; a Kafka that
/// does not answer is degraded, for the relay waits for it and loses nothing; and so is a table that PostgreSQL does not send whole.
/// </summary>
internal sealed class RelayStatus : IHealthCheck
{
    private static readonly TimeSpan KafkaTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, Report> _generations = new();
    private volatile string? _failure = "The change relay is starting.";

    public void IsStreaming(int generation, DeliveryTracker deliveries, RelationRegistry relations) =>
        Set(generation, new Report(HealthStatus.Healthy, $"Relaying generation {generation}.", deliveries, relations));

    public void IsStandingBy(int generation) =>
        Set(generation, new Report(HealthStatus.Healthy, $"Another instance relays generation {generation}; this one waits for its slot."));

    public void IsTakingSnapshot(int generation) => Set(generation, new Report(HealthStatus.Degraded, $"Taking the snapshot of generation {generation}."));

    public void IsOff()
    {
        _failure = null;
        _generations[0] = new Report(HealthStatus.Healthy, "Switched off here.");
    }

    public void HasFailed(int generation, string reason) =>
        Set(generation, new Report(HealthStatus.Unhealthy, $"The relay of generation {generation} failed: {reason}"));

    public void HasFailed(string reason) => _failure = $"The change relay cannot start: {reason}";

    public void HasEnded(int generation) => _generations.TryRemove(generation, out _);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reports = _generations.OrderBy(generation => generation.Key).Select(generation => generation.Value.Now()).ToList();
        return Task.FromResult(reports.Count == 0
            ? HealthCheckResult.Unhealthy(_failure ?? "No generation is being relayed.")
            : new HealthCheckResult(reports.Min(report => report.Status), string.Join(" ", reports.Select(report => report.Text))));
    }

    private void Set(int generation, Report report)
    {
        _failure = null;
        _generations[generation] = report;
    }

    private sealed record Report(HealthStatus Status, string Text, DeliveryTracker? Deliveries = null, RelationRegistry? Relations = null)
    {
        public Report Now()
        {
            List<string> wrong = [.. Relations?.Flaws ?? []];
            if (Deliveries?.SilentFor is { } silent && silent > KafkaTimeout)
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"Kafka has not answered for {silent.TotalSeconds:0} s."));
            }

            return wrong.Count == 0 ? this : new Report(HealthStatus.Degraded, string.Join(' ', wrong.Prepend(Text)));
        }
    }
}
