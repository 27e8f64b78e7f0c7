using Andi.Security;
using Andi.ServiceDefaults;
using Andi.Topology;
using Microsoft.AspNetCore.Builder;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>A service that has the defaults alone, over HTTP.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private RunningService(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        // As a client elsewhere: spans of this process are none of its requests' parents.
        Http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public static async Task<RunningService> StartAsync(Action<WebApplicationBuilder> configure, Action<WebApplication> map)
    {
        var folder = Directory.CreateTempSubdirectory("andi-service-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration[SettingNames.SigningKeyFile] = Path.Combine(folder, "signing.key");
        SigningKey.ReadOrCreate(builder.Configuration[SettingNames.SigningKeyFile]!);
        configure(builder);
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapDefaultEndpoints();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(app, folder);
    }

    public async Task StopAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
