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
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<T>> RowsAsync<T>(
        WarehouseQuery question, Period period, ClickHouseParameters parameters, CancellationToken cancellationToken)
    {
        period.AddTo(parameters, state.OldestMonth);
        return warehouse.QueryAsync<T>(question.With(state.AddTo(parameters)), cancellationToken);
    }

    /// <summary>Whether what is asked about is there, and the rows: at the same time, as both are needed in nearly every case.</summary>
    /// <param name="kind">Of what is asked about.</param>
    /// <param name="id">Its id; the query's parameter named like the kind.</param>
    /// <param name="question">The query.</param>
    /// <param name="period">Its <c>from</c> and <c>to</c>.</param>
    /// <param name="filter">Its subject and grade.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(ProblemHttpResult? Problem, TEntity About, IReadOnlyList<TRow> Rows)> AboutAsync<TEntity, TRow>(
        EntityKind<TEntity> kind, string id, WarehouseQuery question, Period period, LessonFilter filter, CancellationToken cancellationToken)
        where TEntity : class
    {
        if (period.Check() is { } invalid)
        {
            return (invalid, default!, []);
        }

        var asking = RowsAsync<TRow>(question, period, filter.With(kind.Thing, id), cancellationToken);
        var finding = FindAsync(kind, id, cancellationToken);
        await Task.WhenAll(asking, finding);
        return await finding is { } about ? (null, about, await asking) : (Problem.NotFound(kind.Thing, id), default!, []);
    }

    /// <summary>Null where there is none of that id.</summary>
    private Task<T?> FindAsync<T>(EntityKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class =>
        known.FindAsync(kind, id, state, cancellationToken);

    /// <summary>What to answer where an id was given that nothing has; null where none was, or something has it.</summary>
    public async Task<ProblemHttpResult?> UnknownAsync<T>(EntityKind<T> kind, string? id, CancellationToken cancellationToken)
        where T : class =>
        id is not null && await FindAsync(kind, id, cancellationToken) is null ? Problem.NotFound(kind.Thing, id) : null;
}
