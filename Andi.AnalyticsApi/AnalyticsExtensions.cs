using Andi.AnalyticsApi.Assessments;
using Andi.AnalyticsApi.Freshness;
using Andi.AnalyticsApi.Requests;
using Andi.Topology;
using Andi.Warehouse;
using Npgsql;

namespace Andi.AnalyticsApi;

/// <summary>The read side: exact answers from the warehouse, each with the position it reflects.</summary>
public static class AnalyticsExtensions
{
    /// <exception cref="InvalidOperationException">A connection string is missing or makes no sense.</exception>
    public static WebApplicationBuilder AddAnalytics(this WebApplicationBuilder builder)
    {
        builder.Services.AddWarehouse(builder.Configuration);
        builder.Services.AddOptions<FreshnessOptions>().BindConfiguration(FreshnessOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var ingest = builder.Configuration.GetConnectionString(ConnectionNames.Ingest)
            ?? throw new InvalidOperationException($"The connection string '{ConnectionNames.Ingest}' is missing (ConnectionStrings__{ConnectionNames.Ingest}).");
        builder.Services.AddKeyedSingleton(ConnectionNames.Ingest, (_, _) => NpgsqlDataSource.Create(ingest));
        builder.Services.AddSingleton<CurrentGeneration>();
        builder.Services.AddSingleton<AppliedPositions>();
        builder.Services.AddExceptionHandler<StoreFailureHandler>();
        builder.Services.AddHealthChecks().AddCheck<StoresHealthCheck>("stores");
        builder.Services.AddAssessments();
        return builder;
    }

    public static WebApplication MapAnalytics(this WebApplication app)
    {
        var v1 = app.MapGroup("/v1").RequireAuthorization();
        v1.MapFreshness();
        v1.MapGroup("").AddEndpointFilter<ReadPositionFilter>().MapAssessments();
        return app;
    }
}
