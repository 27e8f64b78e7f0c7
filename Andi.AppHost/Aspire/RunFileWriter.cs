using Andi.AppHost.State;
using Andi.Topology;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.AppHost.AspireHosting;

/// <summary>Writes run.json once all services are healthy.</summary>
internal sealed class RunFileWriter(AspireResources resources, StateFolder state, string? dashboardUrl)
{
    private const string Endpoint = "http";

    public void Register() => resources.AnalyticsApi.OnResourceReady(async (_, ready, token) =>
    {
        var notifications = ready.Services.GetRequiredService<ResourceNotificationService>();
        await notifications.WaitForResourceHealthyAsync(ResourceNames.OltpApi, token);
        await notifications.WaitForResourceHealthyAsync(ResourceNames.Ingestor, token);
        await WriteAsync(token);
    });

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var connectionStrings = new Dictionary<string, string>
        {
            [ConnectionNames.Oltp] = await ValueAsync(resources.Oltp, cancellationToken),
            [ConnectionNames.Ingest] = await ValueAsync(resources.Ingest, cancellationToken),
            [ConnectionNames.Kafka] = await ValueAsync(resources.Kafka, cancellationToken),
            [ConnectionNames.Warehouse] = await ValueAsync(resources.Warehouse, cancellationToken),
        };
        var run = new RunFile
        {
            Oltp = resources.OltpApi.GetEndpoint(Endpoint).Url,
            Analytics = resources.AnalyticsApi.GetEndpoint(Endpoint).Url,
            Ingestor = resources.Ingestor.GetEndpoint(Endpoint).Url,
            Clickhouse = OwnStores.WarehouseUrl(connectionStrings[ConnectionNames.Warehouse]),
            Postgres = connectionStrings[ConnectionNames.Oltp],
            Kafka = connectionStrings[ConnectionNames.Kafka],
            KafkaProtocol = resources.KafkaProtocol,
            Dashboard = dashboardUrl,
            ConnectionStrings = connectionStrings,
            Tokens = new RunTokens(AdminToken.Create(OwnerFile.SigningKey(state.SigningKey), DateTimeOffset.UtcNow)),
        };
        OwnerFile.Write(state.RunFile, run.ToJson());
        Console.WriteLine($"Andi is healthy: {run.Oltp} (write), {run.Analytics} (read), dashboard {run.Dashboard ?? "off"}; tokens and connection strings in {state.RunFile}");
    }

    private static async Task<string> ValueAsync(IResourceBuilder<IResourceWithConnectionString> connection, CancellationToken cancellationToken) =>
        await connection.Resource.GetConnectionStringAsync(cancellationToken)
        ?? throw new InvalidOperationException($"The connection string '{connection.Resource.Name}' has no value.");
}
