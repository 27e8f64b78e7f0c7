using System.Net.Http.Headers;
using System.Text.Json;
using Andi.AnalyticsApi;
using Andi.AnalyticsApi.Access;
using Andi.Ingestor.Ledger;
using Andi.IntegrationTests.Warehouse;
using Andi.Security;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>
/// The API as it runs, on real stores: its own ClickHouse with a small known world, and a PostgreSQL database in which positions are set by hand.
/// </summary>
public sealed class AnalyticsApiFixture(EnginesFixture engines) : IAsyncLifetime
{
    private readonly ClickHouseFixture _clickHouse = new();
    private readonly string _keyFile = Path.Combine(Path.GetTempPath(), $"andi-{Guid.NewGuid():N}.key");
    private WebApplicationFactory<AnalyticsApiMarker>? _api;
    private string _ingest = "";
    private string _oltp = "";

    /// <summary>Sends an admin's token.</summary>
    public HttpClient Http { get; private set; } = null!;

    public HttpClient Anonymous { get; private set; } = null!;

    public NpgsqlDataSource Ingest { get; private set; } = null!;

    /// <summary>Where the audit log is.</summary>
    public NpgsqlDataSource Oltp { get; private set; } = null!;

    /// <summary>The API's own.</summary>
    public ClickHouseFixture ClickHouse => _clickHouse;

    internal World World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _clickHouse.InitializeAsync();
        var migrator = new WarehouseMigrator(_clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance);
        await migrator.MigrateAsync();
        World = new World(_clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(_clickHouse.Client));
        await World.CreateAsync(CancellationToken.None);

        _ingest = await engines.CreateDatabaseAsync(CancellationToken.None);
        await LedgerSchema.MigrateAsync(_ingest, CancellationToken.None);
        Ingest = NpgsqlDataSource.Create(_ingest);
        _oltp = await engines.Migrated.CopyOltpAsync(CancellationToken.None);
        Oltp = NpgsqlDataSource.Create(_oltp);

        var key = SigningKey.ReadOrCreate(_keyFile);
        var options = _clickHouse.Options;
        _api = Api(_ingest, $"Host={options.Endpoint.Host};Port={options.Endpoint.Port};Username={options.Username};Password=\"{options.Password}\"");
        Anonymous = _api.CreateClient();
        Http = _api.CreateClient();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", BearerToken.Create(key, Roles.Admin, null, DateTimeOffset.UtcNow.AddHours(1)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        if (Ingest is not null)
        {
            await Ingest.DisposeAsync();
        }

        if (Oltp is not null)
        {
            await Oltp.DisposeAsync();
        }

        await _clickHouse.DisposeAsync();
        File.Delete(_keyFile);
    }

    /// <summary>A token for an hour.</summary>
    public string Token(string role, string? scope, string? subject = null) =>
        BearerToken.Create(SigningKey.ReadOrCreate(_keyFile), role, scope, DateTimeOffset.UtcNow.AddHours(1), subject);

    /// <summary>Sends a token of its own.</summary>
    public HttpClient Client(string role, string? scope, string? subject = null)
    {
        var client = _api!.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(role, scope, subject));
        return client;
    }

    /// <summary>The same API, which looks at what it publishes anew for each request.</summary>
    public WebApplicationFactory<AnalyticsApiMarker> PublishingAtOnce() =>
        _api!.WithWebHostBuilder(host => host.UseSetting("SmallGroups:RefreshInterval", "00:00:00"));

    /// <summary>The same API on a ClickHouse where none listens.</summary>
    public WebApplicationFactory<AnalyticsApiMarker> WithoutWarehouse() => Api(_ingest, "Host=127.0.0.1;Port=1");

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private WebApplicationFactory<AnalyticsApiMarker> Api(string ingest, string warehouse) =>
        new WebApplicationFactory<AnalyticsApiMarker>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:ingest", ingest)
            .UseSetting("ConnectionStrings:oltp", _oltp)
            .UseSetting("ConnectionStrings:warehouse", warehouse)
            .UseSetting("Security:SigningKeyFile", _keyFile)
            .UseSetting("Quality:Interval", "00:00:02")
            .UseSetting("Quality:Attempts", "1")
            .UseSetting("Freshness:WaitLimit", "00:00:01"));
}
