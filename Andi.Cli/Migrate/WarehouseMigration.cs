using Andi.Cli.Check;
using Andi.Topology;
using Andi.Warehouse;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Andi.Cli.Migrate;

/// <summary>
/// Migrates the warehouse, with ingest held: a table that is laid out anew takes its rows over in one statement, and what came into the old one meanwhile would be
/// missing; and a batch that is still to be repeated is not known to the new one, so it would count twice. See docs/decisions/0010-migrations-hold-ingest.md.
/// </summary>
internal static class WarehouseMigration
{
    /// <param name="connectionString">ClickHouse's.</param>
    /// <param name="ledgerConnectionString">The ingestor's ledger's; null: whoever calls knows that nothing is ingested.</param>
    /// <param name="kafka">Bootstrap list, for batches that nobody else finishes; null: where there is one, the migration fails.</param>
    /// <param name="kafkaProtocol">Of these brokers; null: as the environment says.</param>
    /// <param name="retentionYears">For how many years rows are to count; null: as <see cref="SettingNames.RetentionYears"/> in the environment says, else as they do.</param>
    /// <param name="isDryRun">Only say which files would be applied.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MigratedStore> RunAsync(
        string connectionString,
        string? ledgerConnectionString,
        string? kafka,
        string? kafkaProtocol,
        int? retentionYears,
        bool isDryRun,
        CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"ConnectionStrings:{ConnectionNames.Warehouse}"] = connectionString,
                [$"ConnectionStrings:{ConnectionNames.Ingest}"] = ledgerConnectionString,
                [$"ConnectionStrings:{ConnectionNames.Kafka}"] = kafka,
            })
            .AddInMemoryCollection(kafkaProtocol is null ? [] : new Dictionary<string, string?> { [SettingNames.KafkaProtocol] = kafkaProtocol })
            .AddInMemoryCollection(retentionYears is null ? [] : new Dictionary<string, string?> { [SettingNames.RetentionYears] = $"{retentionYears}" })
            .Build();
        await using var services = new ServiceCollection().AddLogging().AddWarehouse(configuration).BuildServiceProvider();
        var migrator = services.GetRequiredService<WarehouseMigrator>();
        var pending = await migrator.PendingAsync(cancellationToken);
        if (isDryRun)
        {
            return Told(pending);
        }

        var holds = ledgerConnectionString is not null && pending.Files.Any(file => !file.IsRepeatable);
        await using var ledger = holds ? NpgsqlDataSource.Create(ledgerConnectionString!) : null;
        await using var hold = ledger is null ? null : await IngestHold.TakeAsync(
            ledger, "migrate", generation: null, finish: token => PendingBatches.FinishAsync(ledger, configuration, token), cancellationToken);
        var applied = await migrator.MigrateAsync(progress: null, cancellationToken);
        if (hold is not null && !await hold.HoldsAsync(cancellationToken))
        {
            throw new CommandFailure("The hold on ingest was lost while the warehouse was migrated: run 'check', and where it finds differences 'resync'.");
        }

        return Told(applied);
    }

    private static MigratedStore Told(WarehouseChanges changes) => new(
        ConnectionNames.Warehouse,
        [.. changes.Files.Select(file => file.Path), .. changes.Retention is { } retention ? [retention.ToString()] : Array.Empty<string>()],
        changes.Retention?.Warning is { } warning ? [warning] : []);
}
