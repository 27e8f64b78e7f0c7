using System.CommandLine;
using Andi.Ingestor.Ownership;
using Andi.Oltp.Storage;
using Andi.Topology;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.Cli.Migrate;

/// <summary><c>migrate</c>: brings the stores to the shape that this version of the services expects.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var oltp = StoreOption("--oltp", ConnectionNames.Oltp, "Npgsql connection string of the transactional database");
        var ingest = StoreOption("--ingest", ConnectionNames.Ingest, "Npgsql connection string of the ingestor's ledger");
        var warehouse = StoreOption("--warehouse", ConnectionNames.Warehouse, "Connection string of ClickHouse (Host=…;Port=…;Protocol=http;Username=…;Password=…)");
        var command = new Command("migrate", "Create or update the tables of the stores. Safe to run again and by several at once.") { oltp, ingest, warehouse };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (arguments.GetValue(oltp) is not { Length: > 0 } oltpConnection
                || arguments.GetValue(ingest) is not { Length: > 0 } ingestConnection
                || arguments.GetValue(warehouse) is not { Length: > 0 } warehouseConnection)
            {
                await Console.Error.WriteLineAsync(
                    $"Where are the stores? Give --oltp, --ingest and --warehouse, or set {Variable(ConnectionNames.Oltp)}, "
                    + $"{Variable(ConnectionNames.Ingest)} and {Variable(ConnectionNames.Warehouse)}.");
                return 2;
            }

            try
            {
                Report(ConnectionNames.Oltp, await OltpMigrations.ApplyAsync(oltpConnection, cancellationToken));
                await LedgerSchema.MigrateAsync(ingestConnection, cancellationToken);
                Report(ConnectionNames.Ingest, []);
                Report(ConnectionNames.Warehouse, await MigrateWarehouseAsync(warehouseConnection, cancellationToken));
                return 0;
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException or FormatException or MigrationException or ClickHouseException)
            {
                await Console.Error.WriteLineAsync($"The stores were not migrated: {exception.Message}");
                return 1;
            }
        });
        return command;
    }

    private static async Task<IReadOnlyList<string>> MigrateWarehouseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var options = ClickHouseOptions.Parse(connectionString);
        using var client = new ClickHouseClient(options, NullLogger<ClickHouseClient>.Instance);
        var migrator = new WarehouseMigrator(client, options, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance);
        return [.. (await migrator.MigrateAsync(cancellationToken: cancellationToken)).Select(file => file.Path)];
    }

    private static void Report(string store, IReadOnlyList<string> applied)
    {
        foreach (var migration in applied)
        {
            Console.WriteLine($"{store}: applied {migration}");
        }

        if (applied.Count == 0)
        {
            Console.WriteLine($"{store}: up to date");
        }
    }

    private static Option<string?> StoreOption(string name, string connectionName, string what) => new(name)
    {
        Description = $"{what}; default: the environment variable {Variable(connectionName)}.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable(connectionName)),
    };

    private static string Variable(string connectionName) => $"ConnectionStrings__{connectionName}";
}
