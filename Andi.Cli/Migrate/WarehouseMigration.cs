using Andi.Topology;
using Andi.Warehouse;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.Cli.Migrate;

internal static class WarehouseMigration
{
    public static async Task RunAsync(string connectionString, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [$"ConnectionStrings:{ConnectionNames.Warehouse}"] = connectionString })
            .Build();
        await using var services = new ServiceCollection().AddLogging().AddWarehouse(configuration).BuildServiceProvider();
        var applied = await services.GetRequiredService<WarehouseMigrator>().MigrateAsync(progress: null, cancellationToken);
        foreach (var file in applied)
        {
            Console.WriteLine($"{ConnectionNames.Warehouse}: applied {file.Path}");
        }

        if (applied.Count == 0)
        {
            Console.WriteLine($"{ConnectionNames.Warehouse}: up to date");
        }
    }
}
