using Andi.Topology;

namespace Andi.Web.Apis;

internal static class ApisExtensions
{

    /// <summary>The two APIs, found by the names of their resources.</summary>
    public static void AddApis(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddScoped<PositionCookie>();
        services.AddTransient<VisitorHandler>();
        services.AddOptions<KeptAnswersOptions>().BindConfiguration(KeptAnswersOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeptAnswers>();
        services.AddTransient<KeptAnswersHandler>();
        services.AddHttpClient<ReadApi>(http => http.BaseAddress = new Uri($"https+http://{ResourceNames.AnalyticsApi}"))
            .AddHttpMessageHandler<VisitorHandler>()
            .AddHttpMessageHandler<KeptAnswersHandler>();
        services.AddHttpClient<WriteApi>(http => http.BaseAddress = new Uri($"https+http://{ResourceNames.OltpApi}"))
            .AddHttpMessageHandler<VisitorHandler>();
    }
}
