using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Andi.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to send them. Andi's own sources and meters all are named <c>Andi.*</c>.
/// </summary>
internal static class TelemetryExtensions
{
    private const string OwnNames = "Andi.*";
    private const string NpgsqlNames = "Npgsql";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, which come last, win over the name of the application.
            .ConfigureResource(resource => resource.Clear().AddService(builder.Environment.ApplicationName).AddTelemetrySdk().AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing
                .AddSource(OwnNames, NpgsqlNames)
                .AddAspNetCoreInstrumentation(requests =>
                {
                    // Probes come every second from every host. Neither they nor the calls they make are sent.
                    requests.Filter = context =>
                        context.Request.Path.Value is not (ServiceDefaults.Extensions.HealthPath or ServiceDefaults.Extensions.AlivePath);
                    requests.EnrichWithHttpResponse = Complete;
                })
                .AddHttpClientInstrumentation()
                .SetSampler(new ParentBasedSampler(new BackgroundSampler()))
                .AddProcessor(new FailedCalls())
                .AddProcessor(new SqlSpanName()))
            .WithMetrics(metrics => metrics
                .AddMeter(OwnNames, NpgsqlNames)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .UseOtlpExporter();
        builder.Services.AddHostedService<ShutdownOfTelemetry>();
    }

    private static void Complete(Activity span, HttpResponse response)
    {
        // The exception handler takes the endpoint off the request. A group's root is mapped as "/", which its path does not have to end with.
        var failure = response.HttpContext.Features.Get<IExceptionHandlerFeature>();
        if ((failure?.Endpoint ?? response.HttpContext.GetEndpoint()) is RouteEndpoint { RoutePattern.RawText: { } pattern })
        {
            var route = $"/{pattern.Trim('/')}";
            span.SetTag("http.route", route);
            span.DisplayName = $"{response.HttpContext.Request.Method} {route}";
        }

        if (failure is not null && response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            // The instrumentation is not told of an exception that a handler has answered.
            span.SetTag("error.type", failure.Error.GetType().FullName);
            span.AddException(failure.Error);
        }
    }

    /// <summary>
    /// Sends what is left when the host stops, within two seconds, so that a collector that is gone does not hold the service up.
    /// It is registered first and so stopped last. Disposing the providers alone would take five seconds for each of the three.
    /// </summary>
    private sealed class ShutdownOfTelemetry(TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedService
    {
        private const int TimeoutMs = 2_000;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        // Shut down rather than flushed: disposing them later would wait again.
        public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
            Task.Run(() => traces.Shutdown(TimeoutMs), CancellationToken.None),
            Task.Run(() => metrics.Shutdown(TimeoutMs), CancellationToken.None),
            Task.Run(() => logs.Shutdown(TimeoutMs), CancellationToken.None));
    }
}
