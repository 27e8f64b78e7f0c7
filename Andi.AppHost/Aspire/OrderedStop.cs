using Andi.Topology;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Andi.AppHost.AspireHosting;

/// <summary>
/// Stops services before stores, and stores in order. Aspire by itself stops everything at once and kills after six seconds: PostgreSQL, which then
/// still has clients, would be killed and recover at the next start, and Kafka would find ZooKeeper gone.
/// </summary>
internal static class OrderedStop
{
    private static readonly TimeSpan PerResource = TimeSpan.FromSeconds(20);

    private static readonly string[] Services = [ResourceNames.OltpApi, ResourceNames.Ingestor, ResourceNames.AnalyticsApi];

    // Native engines and containers alike: the broker's container has the name of its connection string. What is not there is passed over.
    private static readonly string[] Stores =
        [ResourceNames.KafkaBroker, ConnectionNames.Kafka, ResourceNames.ZooKeeper, ResourceNames.Postgres, ResourceNames.ClickHouse];

    /// <param name="application">Built, not started.</param>
    /// <param name="first">Done before anything stops.</param>
    public static void Register(DistributedApplication application, Action first) =>
        application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            first();
            StopAllAsync(application).GetAwaiter().GetResult();
        });

    private static async Task StopAllAsync(DistributedApplication application)
    {
        await Task.WhenAll(Services.Select(service => StopAsync(application, service)));
        foreach (var store in Stores)
        {
            await StopAsync(application, store);
        }
    }

    private static async Task StopAsync(DistributedApplication application, string resource)
    {
        using var patience = new CancellationTokenSource(PerResource);
        try
        {
            await application.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, patience.Token);
        }
        catch (Exception)
        {
            // It does not run, or does not stop in time: Aspire ends it with the rest.
        }
    }
}
