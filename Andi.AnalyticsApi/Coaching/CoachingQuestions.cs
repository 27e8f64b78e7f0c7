using System.Text.Json.Serialization.Metadata;
using Andi.AnalyticsApi.Assessments;
using Andi.AnalyticsApi.Freshness;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Coaching;

/// <summary>Asks the warehouse, at the position of one request.</summary>
internal sealed class CoachingQuestions(ClickHouseClient warehouse, KnownEntities known, ReadState state)
{
    /// <param name="question">The query.</param>
    /// <param name="period">Its <c>from</c> and <c>to</c>.</param>
    /// <param name="parameters">Its others, but for <c>generation</c> and <c>oldest</c>.</param>
    /// <param name="rowType">Of the query.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<T>> RowsAsync<T>(
        WarehouseQuery question, Period period, ClickHouseParameters parameters, JsonTypeInfo<T> rowType, CancellationToken cancellationToken)
    {
        parameters.Add("generation", state.Applied.Generation);
        parameters.Add("oldest", state.OldestMonth);
        period.AddTo(parameters, state.OldestMonth);
        return warehouse.QueryAsync(question.With(parameters), rowType, cancellationToken);
    }

    /// <summary>Null where there is none of that id.</summary>
    public Task<T?> FindAsync<T>(EntityKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class =>
        known.Of(kind).FindAsync(state.Applied.RowsTag(kind.Table), state.Applied.Generation, id, cancellationToken);

    /// <summary>What to answer where an id was given that nothing has; null where none was, or something has it.</summary>
    public async Task<ProblemHttpResult?> UnknownAsync<T>(EntityKind<T> kind, string? id, CancellationToken cancellationToken)
        where T : class =>
        id is not null && await FindAsync(kind, id, cancellationToken) is null ? Problem.NotFound(kind.Thing, id) : null;
}
