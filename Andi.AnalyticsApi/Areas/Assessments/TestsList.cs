using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A test as it is now.</summary>
internal sealed record ListedTest(string TestId, string Name, string Subject);

internal static class TestsListEndpoint
{
    private static readonly WarehouseQuery Tests = WarehouseQuery.Of(AssessmentsArea.FolderName, "test_list");

    public static void MapTestsList(this IEndpointRouteBuilder area) => area.MapGet("/tests", ReadAsync).WithSummary("Which tests there are, by name.");

    private static async Task<Results<Ok<Page<ListedTest>>, ProblemHttpResult>> ReadAsync(
        [AsParameters] PageRequest page, Questions questions, CancellationToken cancellationToken)
    {
        if (page.Check<NameCursor>(cursor => cursor.IsWhole()) is { } problem)
        {
            return problem;
        }

        var after = page.After<NameCursor>();
        var parameters = new ClickHouseParameters
        {
            { "after_name", after?.Name ?? "" }, { "after_id", after?.Id ?? "" }, { "page_size", (uint)page.Size + 1 },
        };
        var (items, next) = page.Of(
            await questions.RowsAsync<ListedTest>(Tests, parameters, cancellationToken), last => new NameCursor(last.Name, last.TestId));
        return TypedResults.Ok(new Page<ListedTest>(items, next));
    }
}
