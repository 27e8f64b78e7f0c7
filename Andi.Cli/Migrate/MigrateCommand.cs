using System.CommandLine;
using Andi.Topology;

namespace Andi.Cli.Migrate;

/// <summary><c>migrate</c>: brings the stores to the shape that this version of the services expects.</summary>
internal static class MigrateCommand
{
    private const int NothingToDo = 2;
    private static readonly string Years = SettingNames.RetentionYears.Replace(":", "__", StringComparison.Ordinal);

    public static Command Create()
    {
        var oltp = Store("--oltp", ConnectionNames.Oltp, "Npgsql connection string of the transactional database");
        var ingest = Store("--ingest", ConnectionNames.Ingest, "Npgsql connection string of the ingestor's ledger");
        var warehouse = Store("--warehouse", ConnectionNames.Warehouse, "connection string of ClickHouse's HTTP interface");
        var kafka = new Option<string?>("--kafka")
        {
            Description = "Kafka's bootstrap list, for batches that must be finished before the warehouse's tables are laid out anew; "
                + $"default: the environment variable {Variable(ConnectionNames.Kafka)}.",
            HelpName = "connection",
        };
        var years = new Option<int?>("--retention-years")
        {
            Description = $"For how many years the warehouse's rows count, {RetentionLimits.LeastYears} to {RetentionLimits.MostYears}; older ones are "
                + "dropped there, never in PostgreSQL. "
                + $"Default: the environment variable {Years}, else what the warehouse was told last, {RetentionLimits.DefaultYears} at first. After more "
                    + "years, run 'resync'.",
            HelpName = "N",
            CustomParser = result =>
            {
                if (RetentionLimits.TryParse(result.Tokens[0].Value, out var number))
                {
                    return number;
                }

                result.AddError(RetentionLimits.Refusal(result.Tokens[0].Value, "--retention-years"));
                return null;
            },
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only report what would be applied; change nothing." };
        var json = new Option<bool>("--json") { Description = "Answer as JSON, after the last step." };
        var runFile = new Option<string?>("--run-file")
        {
            Description = "The file that the host writes once everything is healthy, for stores that neither an option nor the environment names; default, "
                + "where those name none: .andi/run.json here or above.",
            HelpName = "file",
        };
        var command = new Command(
            "migrate",
            "Create or update the tables of the stores. The command can be run again at any time, and several can run at once. Ends with 0 if all "
            + $"named stores are up to date, {NothingToDo} if no store is named, 1 if a store could not be migrated.")
        {
            oltp, ingest, warehouse, kafka, years, dryRun, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var (isDryRun, asJson) = (arguments.GetValue(dryRun), arguments.GetValue(json));
            var isAnyNamed = Given(arguments.GetValue(oltp), ConnectionNames.Oltp, null) is not null
                || Given(arguments.GetValue(ingest), ConnectionNames.Ingest, null) is not null
                || Given(arguments.GetValue(warehouse), ConnectionNames.Warehouse, null) is not null;
            var run = arguments.GetValue(runFile) is { } file ? RunFileReader.Read(file) : isAnyNamed ? null : RunFileReader.TryRead();
            var steps = new List<Func<Task<MigratedStore>>>();
            if (Given(arguments.GetValue(oltp), ConnectionNames.Oltp, run) is { } oltpConnection)
            {
                steps.Add(() => OltpMigration.RunAsync(oltpConnection, isDryRun, cancellationToken));
            }

            var ledger = Given(arguments.GetValue(ingest), ConnectionNames.Ingest, run);
            if (ledger is { } ingestConnection)
            {
                steps.Add(() => LedgerMigration.RunAsync(ingestConnection, isDryRun, cancellationToken));
            }

            if (Given(arguments.GetValue(warehouse), ConnectionNames.Warehouse, run) is { } warehouseConnection)
            {
                var brokers = Given(arguments.GetValue(kafka), ConnectionNames.Kafka, run);
                steps.Add(() => WarehouseMigration.RunAsync(
                    warehouseConnection, ledger, brokers, run?.KafkaProtocol, arguments.GetValue(years), isDryRun, cancellationToken));
            }

            if (steps.Count == 0)
            {
                await Console.Error.WriteLineAsync(
                    $"Where are the stores? Set {Variable(ConnectionNames.Oltp)}, {Variable(ConnectionNames.Ingest)} and "
                        + $"{Variable(ConnectionNames.Warehouse)}, "
                    + "or give --oltp, --ingest and --warehouse, or start Andi.");
                return NothingToDo;
            }

            var stores = new List<MigratedStore>();
            foreach (var step in steps)
            {
                stores.Add(await step());
                if (!asJson)
                {
                    stores[^1].Print(isDryRun);
                }
            }

            if (asJson)
            {
                new MigrateOutput(isDryRun, stores).Print();
            }

            return 0;
        });
        return command;
    }

    private static Option<string?> Store(string option, string connection, string what) => new(option)
    {
        Description = $"{what}; default: the environment variable {Variable(connection)}. A store without one is skipped.",
        HelpName = "connection",
    };

    private static string? Given(string? option, string connection, RunFile? run) =>
        (option ?? Environment.GetEnvironmentVariable(Variable(connection)) ?? run?.ConnectionStrings.GetValueOrDefault(connection)) is { } text
            && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static string Variable(string connection) => $"ConnectionStrings__{connection}";
}
