using System.CommandLine;
using Andi.Cli.Terminal;

namespace Andi.Cli.Backup;

/// <summary><c>backup</c>: copies both stores at one position into a folder.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Where to; is made, or must be empty." };
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long the warehouse may take to reach the position, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(5),
        };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "backup",
            "Copy both stores as they are at one position into a folder, while writes and reads go on: PostgreSQL's rows, and the history of changes that the warehouse is made of. "
            + "Each file is known by its checksum; manifest.json is written last, so a backup that was cut off has none. The files hold personal data and are readable by their owner "
            + "only. Ends with 0 where the backup is whole, else with 1.")
        {
            folder, wait, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var ledger = stores.OpenLedger();
            using var warehouse = stores.OpenWarehouse();
            var run = new BackupRun(ledger, warehouse, stores.Oltp, arguments.GetValue(wait));
            var output = await WorkProgress.RunAsync(begin => run.RunAsync(arguments.GetValue(folder)!, begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return 0;
        });
        return command;
    }
}
