using System.CommandLine;
using Andi.Cli.Terminal;

namespace Andi.Cli.Check;

/// <summary><c>check</c>: proves that the warehouse is exactly what PostgreSQL says.</summary>
internal static class CheckCommand
{
    private const int Differs = 3;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var parts = new Option<string[]>("--part") { Description = "Only this part; may be given several times. Default: all.", AllowMultipleArgumentsPerToken = true };
        parts.AcceptOnlyFromAmong([.. CheckParts.All]);
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "How long the warehouse may take to reach PostgreSQL's position, as hh:mm:ss.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "check",
            "Prove that every message of the change topics is accounted for once, that every aggregate equals its recomputation, that facts and dimensions equal "
            + $"PostgreSQL's rows, and that every data test passes. Ends with 0 where all holds, {Differs} where something differs (and says what), 1 where that could not be found out.")
        {
            json, parts, wait, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var stores = RunningStores.Find(arguments.GetValue(runFile));
            await using var ledger = stores.OpenLedger();
            using var warehouse = stores.OpenWarehouse();
            var run = new CheckRun(ledger, new CheckedWarehouse(warehouse), stores.Oltp, stores.Kafka, arguments.GetValue(wait));
            var wanted = arguments.GetValue(parts) is { Length: > 0 } given ? given : [.. CheckParts.All];
            var output = await WorkProgress.RunAsync(begin => run.RunAsync(wanted, begin, cancellationToken));
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : Differs;
        });
        return command;
    }
}
