using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Andi.Security;
using Andi.Topology;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>The OpenAPI documents of both APIs, which need no store to describe themselves.</summary>
internal static class DescribedApi
{
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=1";

    /// <summary>The document of the API whose assembly has the type.</summary>
    public static async Task<JsonNode> ReadAsync<TProgram>(CancellationToken cancellationToken)
        where TProgram : class => (await ReadAsync<TProgram>((_, _) => null, cancellationToken)).Document;

    /// <summary>The same, and something of each of its endpoints that is not null.</summary>
    /// <param name="read">Is given an endpoint and its route, as the document writes it.</param>
    public static async Task<(JsonNode Document, IReadOnlyList<string> Endpoints)> ReadAsync<TProgram>(
        Func<string, Endpoint, string?> read, CancellationToken cancellationToken)
        where TProgram : class
    {
        var keyFile = Path.Combine(Path.GetTempPath(), $"andi-{Guid.NewGuid():N}.key");
        try
        {
            SigningKey.ReadOrCreate(keyFile);
            await using var factory = new WebApplicationFactory<TProgram>();
            await using var api = factory.WithWebHostBuilder(host => host
                .UseSetting($"ConnectionStrings:{ConnectionNames.Oltp}", NoDatabase)
                .UseSetting($"ConnectionStrings:{ConnectionNames.Ingest}", NoDatabase)
                .UseSetting($"ConnectionStrings:{ConnectionNames.Kafka}", "127.0.0.1:1")
                .UseSetting($"ConnectionStrings:{ConnectionNames.Warehouse}", "Host=127.0.0.1;Port=1")
                .UseSetting(SettingNames.SigningKeyFile, keyFile)
                .UseSetting("ChangeCapture:Enabled", "false")
                .UseSetting("Logging:LogLevel:Default", "None"));
            using var http = api.CreateClient();
            var document = (await http.GetFromJsonAsync<JsonNode>("openapi/v1.json", cancellationToken))!;
            var endpoints = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
            return (document, [.. endpoints.Select(endpoint => read($"/{endpoint.RoutePattern.RawText!.Trim('/')}", endpoint)).OfType<string>()]);
        }
        finally
        {
            File.Delete(keyFile);
        }
    }
}
