using System.CommandLine;
using System.Data.Common;
using Andi.Cli;
using Andi.Cli.Audit;
using Andi.Cli.Backfill;
using Andi.Cli.Backup;
using Andi.Cli.Check;
using Andi.Cli.DeadLetters;
using Andi.Cli.Erase;
using Andi.Cli.Export;
using Andi.Cli.Health;
using Andi.Cli.Ingest;
using Andi.Cli.Load;
using Andi.Cli.LoadTest;
using Andi.Cli.Migrate;
using Andi.Cli.Performance;
using Andi.Cli.Queries;
using Andi.Cli.Restore;
using Andi.Cli.Resync;
using Andi.Cli.Seed;
using Andi.Cli.Tokens;
using Andi.Security;
using Andi.Warehouse.Client;
using Andi.Warehouse.Migrations;

OwnerOnly.ByDefault();
var root = new RootCommand("Operations on a running Andi.")
{
    MigrateCommand.Create(), SeedCommand.Create(), LoadCommand.Create(), CheckCommand.Create(), AuditCommand.Create(), HealthCommand.Create(),
    QueriesCommand.Create(), PerformanceCommand.Create(), BackupCommand.Create(), RestoreCommand.Create(), ExportCommand.Create(),
    LoadTestCommand.Create(), DeadLettersCommand.Create(), IngestCommand.Create(), ResyncCommand.Create(), BackfillCommand.Create(), TokenCommand.Create(),
    EraseCommand.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    });
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception exception) when (
    exception is CommandFailure or DbException or TimeoutException or MigrationException or ClickHouseException or InvalidOperationException
    or IOException or UnauthorizedAccessException)
{
    // One line for what a person can do something about; anything else ends with its stack.
    await Console.Error.WriteLineAsync($"error: {exception.Message}");
    return 1;
}
