using System.Text.Json;
using Andi.Cli.Check;
using Andi.Cli.Terminal;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.Cli.Queries;

/// <summary>Asks every named query once, and once more narrowed where it has optional parameters.</summary>
internal sealed class QueriesRun(ClickHouseClient warehouse)
{
    private static readonly IReadOnlyDictionary<string, string?> NoParameters = new Dictionary<string, string?>();

    /// <param name="queries">Which; the caller has chosen.</param>
    /// <param name="begin">Makes a step of the work.</param>
    /// <param name="cancellationToken">Gives up.</param>
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
        WarehouseQuery query, string variant, IReadOnlyList<QueryParameter> parameters, Func<QueryParameter, string?> valueOf, CancellationToken cancellationToken)
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
