using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Problems;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Requests;

/// <summary>
/// What nearly every question has in common: it is checked, its rows are read at the position of the request, and what it is about must be there.
/// </summary>
internal sealed class Questions(ClickHouseClient warehouse, EntityCache entities, ReadState state)
{
    /// <summary>Rows from before it do not count.</summary>
    public DateOnly OldestMonth => state.OldestMonth;

    /// <summary>The rows of a query that takes the parameters, <c>generation</c> and <c>oldest</c>.</summary>
    public Task<IReadOnlyList<T>> RowsAsync<T>(WarehouseQuery query, ClickHouseParameters parameters, CancellationToken cancellationToken) =>
        warehouse.QueryAsync<T>(query.With(At(parameters)), cancellationToken);

    /// <summary>
    /// The same, kept as long as the rows of the tables that the query reads are the same: for what many questions ask before they are answered.
    /// </summary>
    /// <param name="tables">All that the query reads, by their names upstream.</param>
    /// <param name="named">The query's own parameters.</param>
    public Task<IReadOnlyList<T>> KeptRowsAsync<T>(
        WarehouseQuery query, IReadOnlyList<string> tables, IReadOnlyList<(string Name, string Value)> named, CancellationToken cancellationToken) =>
        entities.RowsAsync(
            // The lengths keep two values apart whatever is in them.
            $"{query.Area}/{query.Name}\n{string.Concat(named.Select(one => $"{one.Value.Length}:{one.Value}"))}", tables, state,
            token =>
            {
                var parameters = new ClickHouseParameters();
                foreach (var (name, value) in named)
                {
                    parameters.Add(name, value);
                }

                return RowsAsync<T>(query, parameters, token);
            },
            cancellationToken);

    /// <summary>Adds <c>generation</c> and <c>oldest</c> to the parameters, and returns them.</summary>
    public ClickHouseParameters At(ClickHouseParameters parameters) => state.AddTo(parameters);

    /// <summary>Answers a question about one entity: 400 where it is not valid, 404 where what it names is not there.</summary>
    /// <param name="kind">What the question is about, for instance a teacher.</param>
    /// <param name="id">Its id.</param>
    /// <param name="invalid">What is wrong with the question; null where nothing is.</param>
    /// <param name="ask">Reads the rows.</param>
    /// <param name="answer">Makes the answer.</param>
    /// <param name="unknown">Finds what else the question names that is not there; null where it names nothing else.</param>
    public async Task<Results<Ok<TAnswer>, ProblemHttpResult>> AnswerAsync<TEntity, TRows, TAnswer>(
        EntityKind<TEntity> kind, string id, ProblemHttpResult? invalid, Func<Task<TRows>> ask, Func<TEntity, TRows, TAnswer> answer,
        CancellationToken cancellationToken,
        Func<Task<ProblemHttpResult?>>? unknown = null)
        where TEntity : class
    {
        var (problem, about, rows) = await AskAsync(kind, id, invalid, ask, cancellationToken, unknown);
        return problem is not null ? problem : TypedResults.Ok(answer(about, rows));
    }

    /// <summary>
    /// As <see cref="AnswerAsync"/>, for an answer that needs more than the rows. At the same time, as all of it is needed in nearly every case.
    /// </summary>
    public async Task<(ProblemHttpResult? Problem, TEntity About, TRows Rows)> AskAsync<TEntity, TRows>(
        EntityKind<TEntity> kind, string id, ProblemHttpResult? invalid, Func<Task<TRows>> ask, CancellationToken cancellationToken,
        Func<Task<ProblemHttpResult?>>? unknown = null)
        where TEntity : class
    {
        if (invalid is not null)
        {
            return (invalid, default!, default!);
        }

        var asking = ask();
        var finding = FindAsync(kind, id, cancellationToken);
        var checking = unknown is null ? Task.FromResult<ProblemHttpResult?>(null) : unknown();
        await Task.WhenAll(asking, finding, checking);
        return await finding is not { } about ? (Problem.NotFound(kind.Thing, id), default!, default!)
            : await checking is { } problem ? (problem, default!, default!)
            : (null, about, await asking);
    }

    /// <summary>The entity of that id; null where there is none.</summary>
    public Task<T?> FindAsync<T>(EntityKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class => entities.FindAsync(kind, id, state, cancellationToken);

    /// <summary>The entities of those ids that there are, by id.</summary>
    public async Task<IReadOnlyDictionary<string, T>> FindAsync<T>(EntityKind<T> kind, IEnumerable<string> ids, CancellationToken cancellationToken)
        where T : class
    {
        var found = await Task.WhenAll(ids.Distinct(StringComparer.Ordinal).Select(id => FindAsync(kind, id, cancellationToken)));
        return found.OfType<T>().ToDictionary(kind.Id, StringComparer.Ordinal);
    }

    /// <summary>All of a kind, by id.</summary>
    public Task<IReadOnlyDictionary<string, T>> AllAsync<T>(EntityKind<T> kind, CancellationToken cancellationToken)
        where T : class => entities.AllAsync(kind, state, cancellationToken);

    /// <summary>What to answer where an id was given that nothing has; null where none was, or something has it.</summary>
    public async Task<ProblemHttpResult?> UnknownAsync<T>(EntityKind<T> kind, string? id, CancellationToken cancellationToken)
        where T : class => id is not null && await FindAsync(kind, id, cancellationToken) is null ? Problem.NotFound(kind.Thing, id) : null;
}
