using System.Text.Json.Serialization;
using Andi.Limits;
using Andi.Problems;
using Andi.Requests;
using Andi.Security;
using Andi.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;

namespace Andi.ServiceDefaults;

/// <summary>What every service of the topology has alike: telemetry, health, errors, security, HTTP clients and its API description.</summary>
public static class Extensions
{
    /// <summary>Says that the process answers, and checks nothing.</summary>
    internal const string AlivePath = "/alive";

    /// <summary>Says whether the process and everything that it needs work; the answer names each check that fails.</summary>
    internal const string HealthPath = "/health";

    /// <summary>Registers the defaults of an API. Configuration errors end the start with a message that names the setting.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.AddBasicServiceDefaults();
        builder.AddBearerSecurity();
        builder.Services.AddUnreadableRequests();
        builder.Services.AddCrossOrigin();
        builder.Services.AddAndiProblems();
        builder.Services.AddApiDocumentation();
        builder.Services.AddRequestDecompression();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        return builder;
    }

    /// <summary>What a service of pages has, too: no tokens in headers, no problem documents, no API description.</summary>
    public static WebApplicationBuilder AddBasicServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        // A line per request or statement is what spans are for.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.AddTelemetry();
        builder.Services.AddCallerLimits();
        builder.Services.AddRequestLimits();
        builder.Services.AddHealthChecks();
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // What is sent twice might be written twice. A service that fails cuts off no other one.
            http.AddStandardResilienceHandler(resilience => resilience.Retry.DisableForUnsafeHttpMethods()).SelectPipelineByAuthority();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// Adds the middleware and the endpoints that every service answers: <c>/health</c>, <c>/alive</c>, <c>/openapi/v1.json</c>, <c>/docs</c>.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.DescribeUnreadableRequests();
        app.UseSecurityHeaders(ApiDocumentation.PagePath);
        app.UseHead();
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRequestShape();
        app.UseComposedText();
        app.UseRouting();
        app.UseCors();
        app.UseRequestTimeouts();
        app.UseOptions();
        app.UseBodyEncodings();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapHealthEndpoints();
        app.MapApiDocumentation();
        return app;
    }

    /// <summary>Adds <c>/health</c> and <c>/alive</c> alone, for a service of pages.</summary>
    public static WebApplication MapHealthEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { ResponseWriter = WriteHealthAsync }).AllowAnonymous().DisableRateLimiting();
        return app;
    }

    private static Task WriteHealthAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(
            report.Status.ToString(),
            report.Entries.ToDictionary(entry => entry.Key, entry => new HealthAnswerCheck(entry.Value.Status.ToString(), entry.Value.Description))),
        context.RequestAborted);

    private sealed record HealthAnswer(string Status, Dictionary<string, HealthAnswerCheck> Checks);

    private sealed record HealthAnswerCheck(string Status, string? Description);
}
