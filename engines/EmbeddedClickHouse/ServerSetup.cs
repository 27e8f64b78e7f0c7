using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Http;
using Andi.EmbeddedClickHouse.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Andi.EmbeddedClickHouse;

internal static class ServerSetup
{
    private const int MaximumAddressBytes = 1024 * 1024;
    private static readonly TimeSpan AfterDrain = TimeSpan.FromSeconds(15);

    public static void AddEmbeddedClickHouse(this IServiceCollection services)
    {
        services.AddOptions<EmbeddedClickHouseOptions>()
            .BindConfiguration(EmbeddedClickHouseOptions.Section)
            .PostConfigure(options => options.DataPath = string.IsNullOrWhiteSpace(options.DataPath)
                ? ""
                : Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataPath)));
        services.AddSingleton<IValidateOptions<EmbeddedClickHouseOptions>, OptionsCheck>();
        services.AddOptions<HostOptions>()
            .Configure<IOptions<EmbeddedClickHouseOptions>>((host, options) => host.ShutdownTimeout = options.Value.DrainTimeout + AfterDrain);
        services.AddSingleton<EngineHost>().AddSingleton<ConnectionGate>().AddSingleton<ServerStop>()
            .AddSingleton<PasswordCheck>().AddSingleton<StatementGuard>().AddSingleton<QueryEndpoint>();
    }

    /// <summary>Host and port of the options, unless addresses are given the way every ASP.NET Core program takes them.</summary>
    public static void ConfigurePort(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<KestrelServerOptions>().Configure(SetLimits);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])
            && string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.HttpPortsKey]))
        {
            var options = new EmbeddedClickHouseOptions();
            builder.Configuration.GetSection(EmbeddedClickHouseOptions.Section).Bind(options);
            builder.WebHost.UseUrls($"http://{options.Host}:{options.Port}");
        }
    }

    /// <summary>The paths a ClickHouse server answers at.</summary>
    public static void MapClickHouse(this WebApplication app)
    {
        string[] reads = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/ping", reads, HealthEndpoint.Ok);
        app.MapMethods("/replicas_status", reads, HealthEndpoint.Ok);
        app.MapMethods("/", [.. reads, HttpMethods.Post], (HttpContext context, QueryEndpoint queries) =>
            HttpMethods.IsPost(context.Request.Method) || context.Request.QueryString.HasValue ? queries.HandleAsync(context) : HealthEndpoint.Ok(context));
        app.MapFallback(HealthEndpoint.NotFound);
    }

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestLineSize = MaximumAddressBytes;
        kestrel.Limits.MaxRequestBufferSize = 2 * MaximumAddressBytes;

        // A rate would not tell a slow client from one that stands still: PatientBody and ResultSink do.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    }
}
