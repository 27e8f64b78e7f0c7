using System.Globalization;
using Andi.AppHost.Native;
using Andi.AppHost.State;
using Microsoft.Extensions.Configuration;

namespace Andi.AppHost.AspireHosting;

/// <summary>Aspire's own settings, where neither the environment nor the command line says otherwise.</summary>
internal static class AspireSettings
{
    private const string DashboardUrls = "ASPNETCORE_URLS";
    private const string AllowAnonymous = "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS";
    private const string DashboardOtlp = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string ResourceService = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";

    /// <summary>What the builder reads while it is made. The dashboard is open to whoever is on this machine, as the native host's is.</summary>
    public static IEnumerable<string> Arguments()
    {
        if (Environment.GetEnvironmentVariable(AllowAnonymous) is null)
        {
            yield return $"--{AllowAnonymous}=true";
        }
    }

    /// <summary>Ports of this start's own, so that two hosts do not meet, and a stop that waits until everything is gone.</summary>
    public static void Apply(IConfiguration configuration, PortBook ports, PortChoices asked)
    {
        configuration["DcpPublisher:WaitForResourceCleanup"] ??= "true";
        configuration[DashboardUrls] ??= Url(ports.Take("dashboard", asked.Dashboard));
        configuration[DashboardOtlp] ??= Url(ports.Take("otlp-grpc", asked.OtlpGrpc));
        configuration[ResourceService] ??= Url(ports.Take("resource-service", null));
    }

    public static string? DashboardUrl(IConfiguration configuration) => configuration[DashboardUrls]?.Split(';')[0];

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
}
