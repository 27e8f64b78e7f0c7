using System.CommandLine;
using Andi.Cli.Terminal;

namespace Andi.Cli.Load;

/// <summary><c>load</c>: a CSV file straight into a table of staging, once.</summary>
internal static class LoadCommand
{
    private const int Refused = 1;

    public static Command Create()
    {
        var table = new Argument<string>("TABLE") { Description = "Of staging, one that takes files: teacher_licenses." };
        var file = new Argument<string>("FILE") { Description = "CSV in UTF-8, separated by commas, quoted as RFC 4180 says; its header names exactly the table's columns, in any order." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say whether it could be loaded: none of its rows counts, and none stays." };
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "load",
            "Load a CSV file into a table of staging, all of its rows or none. Every value is checked by its column's type first, and what is wrong is told with its line. A file is known by its "
            + "content: loading the same again, under whatever name, changes nothing. May be cut off anywhere and run again, and run by several at once. "
            + $"Ends with 0 where the file's rows count, or with --dry-run could; with {Refused} where they do not.")
        {
            table, file, dryRun, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var warehouse = RunningStores.Find(arguments.GetValue(runFile)).OpenWarehouse();
            var run = new LoadRun(warehouse, Guid.NewGuid);
            var output = await WorkProgress.RunAsync(
                begin => run.RunAsync(arguments.GetValue(table)!, arguments.GetValue(file)!, arguments.GetValue(dryRun), begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return output.Outcome == LoadOutcome.Refused ? Refused : 0;
        });
        return command;
    }
}
