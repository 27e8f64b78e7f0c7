using System.CommandLine;
using Andi.Cli.Queries;
using Andi.Cli.Terminal;
using Andi.Warehouse;

namespace Andi.Cli.Performance;

/// <summary><c>performance</c>: how large, how well compressed and how fast the warehouse is, and what could be done about it.</summary>
internal static class PerformanceCommand
{
    public static Command Create()
    {
        var slowest = new Option<int>("--slowest") { Description = "How many of the slowest statements and queries to show.", HelpName = "N", DefaultValueFactory = _ => 10 };
        slowest.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--slowest must be at least 1.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Answer as JSON; sizes in bytes, times in milliseconds." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "performance",
            "The warehouse's tables with their rows, compression and parts; the slowest statements of a day where the server keeps system.query_log, and the slowest named queries, "
            + "which are asked for it; and advice that follows from these figures. Changes nothing. Ends with 0 where the figures could be read, whatever they say, else with 1.")
        {
            slowest, json, runFile,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var warehouse = RunningStores.Find(arguments.GetValue(runFile)).OpenWarehouse();
            var reading = new PerformanceReading(warehouse);
            var most = arguments.GetValue(slowest);
            var queries = await WorkProgress.RunAsync(begin => new QueriesRun(warehouse).RunAsync(WarehouseQuery.All(), begin, cancellationToken));
            var (tables, columns) = (await reading.TablesAsync(cancellationToken), await reading.ColumnsAsync(cancellationToken));
            var statements = await reading.SlowestAsync(most, cancellationToken);
            QueryOutcome[] shown = [.. queries.Where(query => query.Error is null).OrderByDescending(query => query.Milliseconds).Take(most)];
            new PerformanceOutput(tables, columns, statements, shown, Advice.From(tables, columns, statements, queries)).Print(arguments.GetValue(json));
            return 0;
        });
        return command;
    }
}
