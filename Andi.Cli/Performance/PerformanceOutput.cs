using System.Text.Json;
using Andi.Cli.Queries;
using Andi.Cli.Terminal;

namespace Andi.Cli.Performance;

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
                statements.Add(statement.Text, Amount.Number(statement.Calls), Amount.Time(statement.Longest), Amount.Time(statement.Average), Amount.Number(statement.Rows));
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
