using System.CommandLine;
using System.Text.Json;
using Andi.Cli.Queries;
using Andi.Cli.Terminal;
using Andi.Warehouse;

namespace Andi.Cli.Performance;

/// <summary><c>performance</c>: how large, how well compressed and how fast the warehouse is, and what could be done about it.</summary>
internal static class PerformanceCommand
{
    public static Command Create()
    {
        var slowest = new Option<int>("--slowest")
        {
            Description = "How many of the slowest statements and queries to show.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
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
            "Show the warehouse's tables with rows, compression and parts; the slowest statements of a day, if the server keeps system.query_log; "
            + "the slowest named queries, which are run for this; and advice that follows from these figures. Changes nothing. Ends with 0 if the "
            + "figures could be read, whatever they are, else with 1.")
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

/// <summary>What <c>performance</c> answers, for people and for programs.</summary>
/// <param name="Tables">The largest first.</param>
/// <param name="Columns">That take much room for what they hold.</param>
/// <param name="SlowestStatements">Of a day, where the server keeps a log.</param>
/// <param name="SlowestQueries">The named queries, asked just now, the slowest first.</param>
/// <param name="Advice">What follows from these.</param>
internal sealed record PerformanceOutput(
    IReadOnlyList<TableSize> Tables,
    IReadOnlyList<ColumnSize> Columns,
    IReadOnlyList<SlowStatement>? SlowestStatements,
    IReadOnlyList<QueryOutcome> SlowestQueries,
    IReadOnlyList<string> Advice)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, PerformanceJson.Default.PerformanceOutput));
            return;
        }

        var tables = new TextTable("table", "#rows", "#on disk", "#values", "#ratio", "#parts", "#partitions", "#most parts in one");
        foreach (var table in Tables)
        {
            tables.Add(
                table.Name, Amount.Number(table.Rows), Amount.Bytes(table.Compressed), Amount.Bytes(table.Uncompressed), Amount.Number(table.Ratio),
                Amount.Number(table.Parts), Amount.Number(table.Partitions), Amount.Number(table.Fullest));
        }

        Console.WriteLine(tables);
        if (SlowestStatements is not null)
        {
            var statements = new TextTable("slowest statements of a day", "#calls", "#longest", "#average", "#rows read");
            foreach (var statement in SlowestStatements)
            {
                statements.Add(
                    statement.Text, Amount.Number(statement.Calls), Amount.Time(statement.Longest), Amount.Time(statement.Average),
                    Amount.Number(statement.Rows));
            }

            Console.WriteLine(statements);
        }

        var queries = new TextTable("slowest named queries", "asked for", "#time", "#rows");
        foreach (var query in SlowestQueries.Where(query => query.Error is null))
        {
            queries.Add(query.Query, query.Variant, Amount.Time(query.Milliseconds!.Value), Amount.Number(query.Rows!.Value));
        }

        Console.WriteLine(queries);
        Console.WriteLine("Advice:");
        foreach (var advice in Advice.DefaultIfEmpty("none, all figures are fine."))
        {
            Console.WriteLine($"- {advice}");
        }
    }
}
