using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas;
using Andi.AnalyticsApi.Audit;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Disclosure;
using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Quality;
using Andi.AnalyticsApi.Requests;
using Andi.AnalyticsApi.Search;
using Andi.AnalyticsApi.Streaming;
using Andi.Audit;
using Andi.Requests;
using Andi.Security;
using Andi.Topology;
using Andi.Warehouse;
using Npgsql;

namespace Andi.AnalyticsApi;

/// <summary>Names this assembly to those that start it in their own process, as tests do.</summary>
public sealed class AnalyticsApiMarker;

/// <summary>The read side: exact answers from the warehouse, each with the position it reflects.</summary>
public static class AnalyticsExtensions
{
    private static readonly IReadOnlyList<SubjectArea> Areas = SubjectArea.All();
    private static readonly IReadOnlyList<SearchSource> Searched = [.. Areas.SelectMany(area => area.Searched)];

    /// <exception cref="InvalidOperationException">A connection string is missing or makes no sense.</exception>
    public static WebApplicationBuilder AddAnalytics(this WebApplicationBuilder builder)
    {
        builder.AddAuditLog();
        builder.Services.AddWarehouse(builder.Configuration);
        builder.Services.AddOptions<PositionOptions>().BindConfiguration(PositionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var ingest = builder.Configuration.GetConnectionString(ConnectionNames.Ingest)
            ?? throw new InvalidOperationException(
                $"The connection string '{ConnectionNames.Ingest}' is missing (ConnectionStrings__{ConnectionNames.Ingest}).");
        builder.Services.AddKeyedSingleton(ConnectionNames.Ingest, (_, _) => NpgsqlDataSource.Create(Prepared(ingest)));
        builder.Services.AddOptions<AnswerCacheOptions>().BindConfiguration(AnswerCacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<QualityOptions>().BindConfiguration(QualityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHostedService<QualitySchedule>();
        builder.Services.AddSingleton<AnswerCache>();
        builder.Services.AddSingleton<EntityCache>();
        builder.Services.AddOptions<SmallGroupOptions>().BindConfiguration(SmallGroupOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<PublicationStore>();
        builder.Services.AddSingleton<Publications>();
        builder.Services.AddScoped<ReadState>();
        builder.Services.AddScoped<Questions>();
        builder.Services.AddAccess(Areas);
        builder.Services.AddSingleton<AppliedPositions>();
        builder.Services.AddSingleton<PositionWait>();
        builder.Services.AddSingleton<RetentionWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RetentionWatch>());
        builder.Services.AddStream(Areas);
        builder.Services.AddExceptionHandler<StoreFailureHandler>();
        builder.Services.AddHealthChecks().AddCheck<StoresHealthCheck>("stores");
        foreach (var area in Areas)
        {
            area.AddServices(builder.Services);
        }

        return builder;
    }

    public static WebApplication MapAnalytics(this WebApplication app)
    {
        var v1 = app.MapGroup("/v1").RequireAuthorization().RefuseUnknownParameters().NotePersonalReads();
        v1.MapFreshness();
        v1.MapStream();
        v1.MapQuality();
        v1.MapAuditLog();
        var answers = v1.MapGroup("").AddEndpointFilter<ScopeFilter>().AddEndpointFilter<ReadPositionFilter>()
            .AddEndpointFilter<NotModifiedFilter>().AddEndpointFilter<AnswerCacheFilter>();
        answers.MapSearch(Searched);
        foreach (var area in Areas)
        {
            area.Map(answers);
        }

        return app;
    }

    private static void AddAccess(this IServiceCollection services, IReadOnlyList<SubjectArea> areas)
    {
        var places = new PlacePolicy([.. areas.SelectMany(area => area.Places)], [.. areas.SelectMany(area => area.Policy)]);
        services.AddSingleton(places);
        services.AddSingleton(new AccessPolicy(
        [
            .. places.Rules.Select(rule => rule.ForEndpoints), .. SearchEndpoint.Access(Searched, places),
            .. FreshnessEndpoint.Access, .. StreamEndpoint.Access, .. QualityEndpoint.Access,
        ]));
        services.AddScoped<Scope>();
    }

    private static void AddStream(this IServiceCollection services, IReadOnlyList<SubjectArea> areas)
    {
        services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new RoleTables(areas));
        services.AddSingleton<PositionFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<PositionFeed>());
        services.AddSingleton<EventWriter>();
    }

    // Every request asks for the position first: with the statement prepared, PostgreSQL takes half the time for it. It is the only statement and leaves
    // nothing behind
    // in its session that would have to be reset.
    private static string Prepared(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 8, AutoPrepareMinUsages = 2, NoResetOnClose = true }.ConnectionString;
}
