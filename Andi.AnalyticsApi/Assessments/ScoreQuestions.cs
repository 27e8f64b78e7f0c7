using System.Text.Json.Serialization.Metadata;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments;

/// <summary>A question's answer, or the problem with the question.</summary>
/// <param name="About">What the question is about.</param>
/// <param name="Test">The test it is limited to, if it is.</param>
internal sealed record Answered<TEntity, TRow>(ProblemHttpResult? Problem, TEntity About, Test? Test, IReadOnlyList<TRow> Rows);

/// <summary>Asks the warehouse about one thing: whether it is there, and the rows. At the same time, as both are needed in nearly every case.</summary>
internal sealed class ScoreQuestions(ClickHouseClient warehouse)
{
    public async Task<Answered<TEntity, TRow>> AskAsync<TEntity, TRow>(
        EntityKind<TEntity> kind, string id, ScoreFilter filter, ClickHouseStatement question, JsonTypeInfo<TRow> rowType, CancellationToken cancellationToken)
        where TEntity : class
    {
        if (filter.Check() is { } invalid)
        {
            return Refused<TEntity, TRow>(invalid);
        }

        var finding = FindAsync(kind, id, cancellationToken);
        var findingTest = filter.TestId is null ? Task.FromResult<Test?>(null) : FindAsync(Entities.Test, filter.TestId, cancellationToken);
        var asking = warehouse.QueryAsync(question, rowType, cancellationToken);
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

    private async Task<T?> FindAsync<T>(EntityKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class
    {
        var found = await warehouse.QueryAsync(kind.Query.With(new() { { "id", id } }), kind.Type, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private static Answered<TEntity, TRow> Refused<TEntity, TRow>(ProblemHttpResult problem) => new(problem, default!, null, []);
}
