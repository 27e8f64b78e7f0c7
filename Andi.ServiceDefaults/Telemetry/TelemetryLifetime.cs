using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Andi.Telemetry;

/// <summary>
/// Creates the providers when the host starts, so that the first request is traced already. It stops last, and sends what is left: within
/// two seconds, so that a collector that is gone does not hold the service up.
/// </summary>
internal sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedService
{
    private const int TimeoutMs = 2_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Shut down rather than flushed: disposing them later would wait again.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces.Shutdown(TimeoutMs), CancellationToken.None),
        Task.Run(() => metrics.Shutdown(TimeoutMs), CancellationToken.None),
        Task.Run(() => logs.Shutdown(TimeoutMs), CancellationToken.None));
}
