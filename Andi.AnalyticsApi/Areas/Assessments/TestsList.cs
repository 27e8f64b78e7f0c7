using Andi.AnalyticsApi.Access;
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

    public static void MapTestsList(this IEndpointRouteBuilder area) => area.MapGet("/tests", ReadAsync).Lists(AssessmentsAccess.Catalogue)
            .WithSummary("Which tests there are, by name.");

    private static Task<Results<Ok<Page<ListedTest>>, ProblemHttpResult>> ReadAsync(
        [AsParameters] PageRequest page, Questions questions, CancellationToken cancellationToken) =>
        questions.PageByNameAsync<ListedTest>(Tests, new ClickHouseParameters(), page, last => new NameCursor(last.Name, last.TestId), cancellationToken);
}
