using System.Net.Http.Headers;
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

    /// <summary>The key that signs its tokens, unless it was configured otherwise.</summary>
    public string KeyFile => Path.Combine(_folder, "signing.key");

    public IServiceProvider Services => _app.Services;

    /// <summary>A token of development that it accepts.</summary>
    public string Token(string role = Roles.Admin, string? scope = null, string? subject = null) =>
        BearerToken.Create(SigningKey.Read(KeyFile), role, scope, DateTimeOffset.UtcNow.AddHours(1), subject);

    /// <summary>Asks with a token; without one where it is null.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <param name="address">Where it listens; https needs a certificate in the configuration.</param>
    public static async Task<RunningService> StartAsync(
        Action<WebApplicationBuilder> configure, Action<WebApplication> map, string address = "http://127.0.0.1:0")
    {
        var folder = Directory.CreateTempSubdirectory("andi-service-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration[SettingNames.SigningKeyFile] = Path.Combine(folder, "signing.key");
        SigningKey.ReadOrCreate(builder.Configuration[SettingNames.SigningKeyFile]!);
        configure(builder);
        builder.AddServiceDefaults();
        var app = builder.Build();
        app.Urls.Add(address);
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
