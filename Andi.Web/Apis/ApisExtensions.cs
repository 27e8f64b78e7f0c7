using System.Net;
using Andi.Topology;
using Microsoft.Extensions.Http.Resilience;

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
        services.PostConfigureAll<HttpStandardResilienceOptions>(TellThatItIsBehind);
    }

    // The read API has waited for the visitor's own write already: the visitor is told so, and neither kept waiting several times as long nor cut off.
    private static void TellThatItIsBehind(HttpStandardResilienceOptions resilience)
    {
        var (retried, counted) = (resilience.Retry.ShouldHandle, resilience.CircuitBreaker.ShouldHandle);
        resilience.Retry.ShouldHandle = async outcome => !IsBehind(outcome.Outcome.Result) && await retried(outcome);
        resilience.CircuitBreaker.ShouldHandle = async outcome => !IsBehind(outcome.Outcome.Result) && await counted(outcome);
    }

    private static bool IsBehind(HttpResponseMessage? response) =>
        response?.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.Contains(PositionCookie.Header);
}
