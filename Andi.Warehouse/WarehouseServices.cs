using Andi.Topology;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Andi.Warehouse;

/// <summary>Registers what a service needs to work with the warehouse.</summary>
public static class WarehouseServices
{
    /// <summary>Adds <see cref="ClickHouseClient"/> and <see cref="WarehouseMigrator"/>, configured by the connection string
    /// <see cref="ConnectionNames.Warehouse"/> and <see cref="SettingNames.RetentionYears"/>.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing or makes no sense, or the years are none.</exception>
    public static IServiceCollection AddWarehouse(this IServiceCollection services, IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(ConnectionNames.Warehouse);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidOperationException(
                $"The connection string '{ConnectionNames.Warehouse}' is missing (ConnectionStrings__{ConnectionNames.Warehouse}).");
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
        var years = RetentionYears(configuration);
        services.TryAddSingleton(provider => new WarehouseMigrator(
            provider.GetRequiredService<ClickHouseClient>(),
            provider.GetRequiredService<MigrationCatalog>(),
            provider.GetRequiredService<ILogger<WarehouseMigrator>>())
        {
            RetentionYears = years,
        });
        return services;
    }

    private static int? RetentionYears(IConfiguration configuration)
    {
        var text = configuration[SettingNames.RetentionYears];
        return string.IsNullOrWhiteSpace(text) ? null
            : RetentionLimits.TryParse(text, out var years) ? years
            : throw new InvalidOperationException(RetentionLimits.Refusal(text, SettingNames.RetentionYears.Replace(":", "__", StringComparison.Ordinal)));
    }
}
