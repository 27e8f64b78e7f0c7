using System.Text.Json.Serialization;
using Andi.Health;
using Andi.Problems;
using Andi.Security;
using Andi.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Andi.ServiceDefaults;

/// <summary>What every service of the topology has alike: telemetry, health, errors, security and its API description.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Registers the defaults. Configuration errors end the start with a message that names the setting.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        // A line per request or statement is what spans are for.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        builder.AddTelemetry();
        builder.AddBearerSecurity();
        builder.Services.AddHealthChecks();
        builder.Services.AddAndiProblems();
        builder.Services.AddOpenApi("v1");
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        return builder;
    }

    /// <summary>Adds the middleware and the endpoints that every service answers: <c>/health</c>, <c>/alive</c>, <c>/openapi/v1.json</c>, <c>/docs</c>.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseMiddleware<HttpServerSpan>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapOpenApi();
        app.UseSwaggerUI(docs =>
        {
            docs.RoutePrefix = "docs";
            docs.SwaggerEndpoint("/openapi/v1.json", app.Environment.ApplicationName);
        });
        return app;
    }
}
