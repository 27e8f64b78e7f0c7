using Andi.Cli.Check;
using Andi.Ingestor;
using Andi.Ingestor.Partitions;
using Andi.Kafka;
using Andi.Topology;
using Andi.Warehouse;
using Andi.Warehouse.Migrations;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Cli.Migrate;

/// <summary>
/// Migrates the warehouse, with ingest held: a table that is laid out anew takes its rows over in one statement, and what came into the old one meanwhile
/// would be missing; and a batch that is still to be repeated is not known to the new one, so it would count twice. See
/// docs/decisions/0010-migrations-hold-ingest.md.
/// </summary>
internal static class WarehouseMigration
{
    /// <param name="connectionString">ClickHouse's.</param>
    /// <param name="ledgerConnectionString">The ingestor's ledger's; null: whoever calls knows that nothing is ingested.</param>
    /// <param name="kafka">Bootstrap list, for batches that nobody else finishes; null: where there is one, the migration fails.</param>
    /// <param name="kafkaProtocol">Of these brokers; null: as the environment says.</param>
    /// <param name="retentionYears">For how many years rows are to count; null: as <see cref="SettingNames.RetentionYears"/> in the environment says, else as
    /// they do.</param>
    /// <param name="isDryRun">Only say which files would be applied.</param>
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
        if (isDryRun)
        {
            return Told(await migrator.PendingAsync(cancellationToken));
        }

        await using var ledger = ledgerConnectionString is null ? null : NpgsqlDataSource.Create(ledgerConnectionString);
        await using var alone = ledger is null ? null : await MigrationLock.TakeAsync(ledger, cancellationToken);
        var holds = (await migrator.PendingAsync(cancellationToken)).Files.Any(file => !file.IsRepeatable);
        await using var hold = ledger is null || !holds ? null : await IngestHold.TakeAsync(
            ledger, "migrate", generation: null, finish: token => PendingBatches.FinishAsync(ledger, configuration, token), cancellationToken);
        var applied = await migrator.MigrateAsync(progress: null, alone is null ? null : alone.EnsureHeldAsync, cancellationToken);
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

/// <summary>
/// Finishes the batches that an ingestor had announced but not confirmed when it was killed: runs the ingestor's own loop, which takes the partitions over and
/// repeats exactly these batches. Ingest must be held, so that nothing else is begun.
/// </summary>
internal static class PendingBatches
{
    private const string Why = "Batches were announced but not confirmed, and no ingestor ends them. They must be repeated before tables are laid out anew";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan KafkaAnswersWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns once no batch is pending and the loop has stopped.</summary>
    /// <param name="ledger">The ingestor's.</param>
    /// <param name="configuration">Connection strings; settings of <c>Kafka</c> and <c>Ingestor</c> where they are not the default.</param>
    /// <exception cref="CommandFailure">Kafka was not named or does not answer, or a batch is still pending after two minutes.</exception>
    public static async Task FinishAsync(NpgsqlDataSource ledger, IConfiguration configuration, CancellationToken cancellationToken)
    {
        EnsureKafkaAnswers(configuration);
        await Console.Error.WriteLineAsync($"{ConnectionNames.Ingest}: finishing the batches of an ingestor that is gone");
        using var host = Build(configuration);
        await host.StartAsync(cancellationToken);
        try
        {
            var begun = TimeProvider.System.GetTimestamp();
            while (await IngestHold.PendingAsync(ledger, generation: null, cancellationToken) > 0)
            {
                if (TimeProvider.System.GetElapsedTime(begun) > Timeout)
                {
                    var failure = host.Services.GetRequiredService<IngestorStatus>().Failure ?? "no partition reports a failure; does another ingestor own it?";
                    throw new CommandFailure($"{Why}, but they did not end within {Timeout.TotalMinutes:0} minutes: {failure}");
                }

                await Task.Delay(PollEvery, cancellationToken);
            }
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IHost Build(IConfiguration configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddConfiguration(configuration);
        // Whatever the loop has read beyond the pending batches waits for the hold to end: it is dropped, and read again by whoever comes next.
        builder.Configuration[$"Ingestor:{nameof(IngestorOptions.DrainTimeout)}"] = "00:00:01";
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddIngestLoop();
        return builder.Build();
    }

    private static void EnsureKafkaAnswers(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString(ConnectionNames.Kafka)))
        {
            throw new CommandFailure($"{Why}, and their events are in Kafka: set ConnectionStrings__{ConnectionNames.Kafka} or give --kafka.");
        }

        var kafka = KafkaConnection.From(configuration);
        try
        {
            using var admin = new AdminClientBuilder(kafka.ClientSettings()).LogTo(NullLogger.Instance).Build();
            admin.GetMetadata(KafkaAnswersWithin);
        }
        catch (KafkaException exception)
        {
            throw new CommandFailure($"{Why}, and their events are in Kafka, but {kafka.BootstrapServers} does not answer: {exception.Error.Reason}");
        }
    }
}
