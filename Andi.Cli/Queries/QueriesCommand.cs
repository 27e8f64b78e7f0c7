using System.CommandLine;
using Andi.Cli.Terminal;
using Andi.Warehouse;

namespace Andi.Cli.Queries;

/// <summary><c>queries</c>: asks the warehouse every question that it has a file for.</summary>
internal static class QueriesCommand
{
    private const int SomeFailed = 1;

    public static Command Create()
    {
        var area = new Option<string?>("--area") { Description = "Only the queries of this subject area; default: all.", HelpName = "name" };
        area.AcceptOnlyFromAmong([.. WarehouseQuery.All().Select(query => query.Area).Distinct()]);
        var json = new Option<bool>("--json") { Description = "Answer as JSON, with the parameters." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "queries",
            "Run every named query (Andi.Warehouse/Sql/<area>/queries) on the warehouse and say how long each took and how many rows it has. Parameters are values that the tables "
            + "it reads hold; optional ones are NULL at first, and a second run has values for them. A parameter that nothing can be found for is a failure. "
            + $"Ends with 0 where all went well, {SomeFailed} where one failed.")
        {
            area, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var warehouse = RunningStores.Find(arguments.GetValue(runFile)).OpenWarehouse();
            WarehouseQuery[] wanted = [.. WarehouseQuery.All().Where(query => arguments.GetValue(area) is not { } one || query.Area == one)];
            var outcomes = await WorkProgress.RunAsync(begin => new QueriesRun(warehouse).RunAsync(wanted, begin, cancellationToken));
            var output = new QueriesOutput(outcomes.All(outcome => outcome.Error is null), outcomes);
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : SomeFailed;
        });
        return command;
    }
}
