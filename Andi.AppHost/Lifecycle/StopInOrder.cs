using Andi.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Andi.AppHost.Lifecycle;

/// <summary>
/// Stops services before stores, and stores in order. Aspire by itself stops everything at once and kills after six seconds: PostgreSQL, which then
/// still has clients, would be killed and recover at the next start, and Kafka would find ZooKeeper gone.
/// </summary>
internal static class StopInOrder
{
    private static readonly TimeSpan TimeoutOfEach = TimeSpan.FromSeconds(20);

    private static readonly string[] Stores = [ResourceNames.KafkaBroker, ResourceNames.ZooKeeper, ResourceNames.Postgres, ResourceNames.ClickHouse];

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
        var services = application.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>();
        await Task.WhenAll(services.Select(service => StopAsync(application, service.Name)));
        foreach (var store in Stores)
        {
            await StopAsync(application, store);
        }
    }

    private static async Task StopAsync(DistributedApplication application, string resource)
    {
        using var timeout = new CancellationTokenSource(TimeoutOfEach);
        try
        {
            await application.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, timeout.Token);
        }
        catch (Exception)
        {
            // It is not there, does not run, or does not stop in time: Aspire ends it with the rest.
        }
    }
}
