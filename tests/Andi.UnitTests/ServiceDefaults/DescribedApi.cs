using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Andi.Security;
using Andi.Topology;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>The OpenAPI documents of both APIs, which need no store to describe themselves.</summary>
internal static class DescribedApi
{
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=1";

    /// <summary>The document of the API whose assembly has the type.</summary>
    public static async Task<JsonNode> ReadAsync<TProgram>(CancellationToken cancellationToken)
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
            return (await http.GetFromJsonAsync<JsonNode>("openapi/v1.json", cancellationToken))!;
        }
        finally
        {
            File.Delete(keyFile);
        }
    }
}
