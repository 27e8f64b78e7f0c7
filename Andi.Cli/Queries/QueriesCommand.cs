using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Check;
using Andi.Cli.Terminal;
using Andi.Warehouse;
using Andi.Warehouse.Client;

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
            "Run every named query on the warehouse and report how long each took and how many rows it returned. Parameters take values from the "
            + "tables that the query reads; optional ones are NULL in a first run and have values in a second. A parameter without any value counts "
            + $"as a failure. Ends with 0 if all succeeded, {SomeFailed} if one failed.")
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

/// <summary>Asks every named query once, and once more narrowed where it has optional parameters.</summary>
internal sealed class QueriesRun(ClickHouseClient warehouse)
{
    private static readonly IReadOnlyDictionary<string, string?> NoParameters = new Dictionary<string, string?>();

    /// <param name="queries">Which; the caller has chosen.</param>
    /// <param name="begin">Makes a step of the work.</param>
    public async Task<IReadOnlyList<QueryOutcome>> RunAsync(
        IReadOnlyList<WarehouseQuery> queries, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin("queries", queries.Count);
        var asked = new CheckedWarehouse(warehouse);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var samples = new ParameterSamples(
            warehouse, await asked.CurrentGenerationAsync(cancellationToken), await asked.OldestDayAsync(cancellationToken), today);
        var outcomes = new List<QueryOutcome>();
        for (var i = 0; i < queries.Count; i++)
        {
            outcomes.AddRange(await BothAsync(queries[i], samples, cancellationToken));
            step.Report(i + 1);
        }

        return outcomes;
    }

    private async Task<IReadOnlyList<QueryOutcome>> BothAsync(WarehouseQuery query, ParameterSamples samples, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> values;
        try
        {
            values = await samples.FindAsync(query.Sql, cancellationToken);
        }
        catch (Exception failure) when (failure is CommandFailure or ClickHouseException or TimeoutException)
        {
            return [new QueryOutcome(NameOf(query), "all", null, null, NoParameters, failure.Message)];
        }

        var parameters = QueryParameter.Of(query.Sql);
        var all = await AskAsync(query, "all", parameters, one => one.IsOptional ? null : values[one.Name], cancellationToken);
        return parameters.Any(one => one.IsOptional)
            ? [all, await AskAsync(query, "narrowed", parameters, one => values.GetValueOrDefault(one.Name), cancellationToken)]
            : [all];
    }

    private async Task<QueryOutcome> AskAsync(
        WarehouseQuery query, string variant, IReadOnlyList<QueryParameter> parameters, Func<QueryParameter, string?> valueOf,
            CancellationToken cancellationToken)
    {
        var bound = new ClickHouseParameters();
        var values = parameters.ToDictionary(parameter => parameter.Name, valueOf);
        foreach (var parameter in parameters)
        {
            if (parameter.IsArray)
            {
                bound.AddEscaped(parameter.Name, values[parameter.Name]!);
            }
            else
            {
                bound.Add(parameter.Name, values[parameter.Name]);
            }
        }

        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            var rows = await warehouse.QueryAsync<JsonElement>(query.With(bound), cancellationToken);
            return new QueryOutcome(NameOf(query), variant, TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds, rows.Count, values, null);
        }
        catch (Exception failure) when (failure is ClickHouseException or TimeoutException)
        {
            return new QueryOutcome(NameOf(query), variant, null, null, values, failure.Message);
        }
    }

    private static string NameOf(WarehouseQuery query) => $"{query.Area}/{query.Name}";
}

/// <summary>How one run of a query went.</summary>
/// <param name="Query">Its area and name.</param>
/// <param name="Variant"><c>all</c>: optional parameters are NULL. <c>narrowed</c>: they have values.</param>
/// <param name="Milliseconds">From the question to the last row; null where it failed.</param>
/// <param name="Rows">Of the answer; null where it failed.</param>
/// <param name="Parameters">What was asked, in ClickHouse's text form; null for NULL.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record QueryOutcome(
    string Query, string Variant, double? Milliseconds, long? Rows, IReadOnlyDictionary<string, string?> Parameters, string? Error);

/// <summary>What <c>queries</c> answers, for people and for programs.</summary>
/// <param name="Ok">None failed.</param>
internal sealed record QueriesOutput(bool Ok, IReadOnlyList<QueryOutcome> Queries)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, QueriesJson.Default.QueriesOutput));
            return;
        }

        var table = new TextTable("query", "asked for", "#time", "#rows", "");
        foreach (var query in Queries)
        {
            table.Add(
                query.Query,
                query.Variant,
                query.Milliseconds is { } time ? Amount.Time(time) : "",
                query.Rows is { } rows ? Amount.Number(rows) : "",
                query.Error is { } error ? $"FAILED: {error.ReplaceLineEndings(" ")}" : "");
        }

        Console.Write(table);
        var failed = Queries.Count(query => query.Error is not null);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Queries.Select(query => query.Query).Distinct().Count()} queries, asked {Queries.Count} times, {failed} failed"));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(QueriesOutput))]
internal sealed partial class QueriesJson : JsonSerializerContext;
