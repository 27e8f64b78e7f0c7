using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Requests;

/// <summary>Where a page ended that is ordered by name: the name, and the id, which makes it unique.</summary>
internal sealed record NameCursor(string Name, string Id);

/// <summary>Lists that are ordered by name.</summary>
internal static class PagingByName
{
    /// <summary>A page of such a list; 400 where what is asked for is no page of it.</summary>
    /// <param name="query">Takes <c>after_name</c>, <c>after_id</c> and <c>page_size</c> beside the parameters.</param>
    /// <param name="end">Where a page ends whose last row is the given one.</param>
    /// <param name="unknown">Finds what the question names that is not there; null where it names nothing.</param>
    public static async Task<Results<Ok<Page<T>>, ProblemHttpResult>> PageByNameAsync<T>(
        this Questions questions, WarehouseQuery query, ClickHouseParameters parameters, PageRequest page, Func<T, NameCursor> end,
        CancellationToken cancellationToken, Func<Task<ProblemHttpResult?>>? unknown = null)
    {
        var problem = page.Check<NameCursor>(cursor => cursor.Name is not null && cursor.Id is not null);
        problem ??= unknown is null ? null : await unknown();
        if (problem is not null)
        {
            return problem;
        }

        var after = page.After<NameCursor>();
        parameters.Add("after_name", after?.Name ?? "");
        parameters.Add("after_id", after?.Id ?? "");
        parameters.Add("page_size", (uint)page.Size + 1);
        var (items, next) = page.Of(await questions.RowsAsync<T>(query, parameters, cancellationToken), end);
        return TypedResults.Ok(new Page<T>(items, next));
    }
}
