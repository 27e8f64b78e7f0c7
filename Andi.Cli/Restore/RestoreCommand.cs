using System.CommandLine;
using Andi.Cli.Terminal;

namespace Andi.Cli.Restore;

/// <summary><c>restore</c>: brings a backup back into an empty Andi, and proves that it is equal.</summary>
internal static class RestoreCommand
{
    private const int Differs = 3;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Of the backup." };
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long relay and ingestor may take to bring the rows into the warehouse, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(30),
        };
        var json = new Option<bool>("--json") { Description = "Answer as JSON, with what the check found." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "restore",
            "Bring a backup back into an empty Andi that runs. Every file is verified first; a damaged or unfinished backup, and a system that has rows, are refused and nothing is "
            + "changed. PostgreSQL's rows come back in one transaction; relay and ingestor bring them into the warehouse, and the check proves both equal. "
            + $"Ends with 0 where all is back and nothing differs, {Differs} where something differs, 1 where it could not be restored.")
        {
            folder, wait, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var ledger = stores.OpenLedger();
            using var warehouse = stores.OpenWarehouse();
            var run = new RestoreRun(ledger, warehouse, stores.Oltp, stores.Kafka, arguments.GetValue(wait));
            var output = await WorkProgress.RunAsync(begin => run.RunAsync(arguments.GetValue(folder)!, begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : Differs;
        });
        return command;
    }
}
