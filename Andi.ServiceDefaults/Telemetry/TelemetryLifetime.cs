using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Andi.Telemetry;

/// <summary>Creates the providers when the host starts, so that the first request is traced already, and flushes them, bounded, when it stops.</summary>
internal sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics) : IHostedService
{
    private const int FlushTimeoutMs = 2_000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            traces.ForceFlush(FlushTimeoutMs);
            metrics.ForceFlush(FlushTimeoutMs);
        },
        cancellationToken);
}
