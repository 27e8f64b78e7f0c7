using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Andi.Telemetry;

/// <summary>
/// Traces, metrics and logs over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to send them. ASP.NET Core, HttpClient, Npgsql and the runtime
/// have sources and meters of their own; they are subscribed to here, together with Andi's, which all are named <c>Andi.*</c>.
/// </summary>
internal static class TelemetryExtensions
{
    private static readonly string[] Sources = ["Andi.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    private static readonly string[] Meters =
    [
        "Andi.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql",
    ];

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
            logging.SetResourceBuilder(Resource(builder));
            logging.AddOtlpExporter();
        });

        // The providers are created by TelemetryLifetime when the host starts, and shut down when it stops.
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource(builder))
            .AddSource(Sources)
            .SetSampler(new ParentBasedSampler(new BackgroundSampler()))
            .AddProcessor(new FailedCalls())
            .AddProcessor(new SqlSpanName())
            .AddOtlpExporter()
            .Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource(builder))
            .AddMeter(Meters)
            .AddOtlpExporter()
            .Build());
        builder.Services.AddHostedService<TelemetryLifetime>();
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, read by CreateDefault, win over the name of the application.
    private static ResourceBuilder Resource(WebApplicationBuilder builder) =>
        ResourceBuilder.CreateEmpty().AddService(builder.Environment.ApplicationName).AddTelemetrySdk().AddEnvironmentVariableDetector();
}
