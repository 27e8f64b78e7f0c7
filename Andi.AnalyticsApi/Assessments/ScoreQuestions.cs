using Andi.AnalyticsApi.Freshness;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments;

/// <summary>A question's answer, or the problem with the question.</summary>
/// <param name="About">What the question is about.</param>
/// <param name="Test">The test it is limited to, if it is.</param>
internal sealed record Answered<TEntity, TRow>(ProblemHttpResult? Problem, TEntity About, Test? Test, IReadOnlyList<TRow> Rows);

/// <summary>
/// Asks the warehouse about one thing: whether it is there, and the rows. At the same time, as both are needed in nearly every case. Of one request, and at its
/// position.
/// </summary>
internal sealed class ScoreQuestions(ClickHouseClient warehouse, KnownEntities known, ReadState state)
{
    /// <param name="kind">Of what the question is about.</param>
    /// <param name="id">Its id.</param>
    /// <param name="filter">Which scores.</param>
    /// <param name="question">The query; it takes <paramref name="parameters"/>, and <c>generation</c> and <c>oldest</c>.</param>
    /// <param name="parameters">The query's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Answered<TEntity, TRow>> AskAsync<TEntity, TRow>(
        EntityKind<TEntity> kind, string id, ScoreFilter filter, WarehouseQuery question, ClickHouseParameters parameters, CancellationToken cancellationToken)
        where TEntity : class =>
        AskAsync(kind, id, filter, () => warehouse.QueryAsync<TRow>(question.With(At(parameters)), cancellationToken), cancellationToken);

    /// <param name="kind">Of what the question is about.</param>
    /// <param name="id">Its id.</param>
    /// <param name="filter">Which scores.</param>
    /// <param name="ask">Asks for the rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Answered<TEntity, TRow>> AskAsync<TEntity, TRow>(
        EntityKind<TEntity> kind, string id, ScoreFilter filter, Func<Task<IReadOnlyList<TRow>>> ask, CancellationToken cancellationToken)
        where TEntity : class
    {
        if (filter.Check() is { } invalid)
        {
            return Refused<TEntity, TRow>(invalid);
        }

        var asking = ask();
        var finding = FindAsync(kind, id, cancellationToken);
        var findingTest = filter.TestId is null ? Task.FromResult<Test?>(null) : FindAsync(Entities.Test, filter.TestId, cancellationToken);
        await Task.WhenAll(finding, findingTest, asking);

        if (await finding is not { } about)
        {
            return Refused<TEntity, TRow>(Problem.NotFound(kind.Thing, id));
        }

        var test = await findingTest;
        return filter.TestId is { } testId && test is null
            ? Refused<TEntity, TRow>(Problem.NotFound(Entities.Test.Thing, testId))
            : new Answered<TEntity, TRow>(null, about, test, await asking);
    }

    /// <summary>With <c>generation</c> and <c>oldest</c>, as of this request.</summary>
    public ClickHouseParameters At(ClickHouseParameters parameters) => state.AddTo(parameters);

    /// <summary>All of a kind, by id.</summary>
    public Task<IReadOnlyDictionary<string, T>> AllAsync<T>(EntityKind<T> kind, CancellationToken cancellationToken)
        where T : class =>
        known.Of(kind).AllAsync(state.Applied.RowsTag(kind.Table), state.Applied.Generation, cancellationToken);

    /// <summary>The tests of those ids that there are, by id.</summary>
    public async Task<IReadOnlyDictionary<string, Test>> TestsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(ids.Distinct(StringComparer.Ordinal).Select(id => FindAsync(Entities.Test, id, cancellationToken)));
        return found.OfType<Test>().ToDictionary(test => test.Id, StringComparer.Ordinal);
    }

    private Task<T?> FindAsync<T>(EntityKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class =>
        known.FindAsync(kind, id, state, cancellationToken);

    private static Answered<TEntity, TRow> Refused<TEntity, TRow>(ProblemHttpResult problem) => new(problem, default!, null, []);
}
