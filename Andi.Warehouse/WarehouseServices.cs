using Andi.Topology;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Andi.Warehouse;

/// <summary>Registers what a service needs to work with the warehouse.</summary>
public static class WarehouseServices
{
    /// <summary>Adds <see cref="ClickHouseClient"/> and <see cref="WarehouseMigrator"/>, configured by the connection string <see cref="ConnectionNames.Warehouse"/>.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing or makes no sense.</exception>
    public static IServiceCollection AddWarehouse(this IServiceCollection services, IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(ConnectionNames.Warehouse);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidOperationException($"The connection string '{ConnectionNames.Warehouse}' is missing (ConnectionStrings__{ConnectionNames.Warehouse}).");
        }

        try
        {
            services.TryAddSingleton(ClickHouseOptions.Parse(text));
        }
        catch (FormatException wrong)
        {
            throw new InvalidOperationException($"ConnectionStrings__{ConnectionNames.Warehouse}: {wrong.Message}", wrong);
        }

        services.TryAddSingleton<ClickHouseClient>();
        services.TryAddSingleton(_ => MigrationCatalog.Embedded());
        services.TryAddSingleton<WarehouseMigrator>();
        return services;
    }
}
