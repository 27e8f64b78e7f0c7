using Andi.Limits;
using Andi.Security;
using Andi.Sql;
using Andi.Warehouse.Client;
using Andi.Warehouse.DataTests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Quality;

/// <summary>What the data tests found when they were run last.</summary>
/// <param name="Passed">Whether all of them were run, and passed.</param>
internal sealed record QualityAnswer(bool Passed, IReadOnlyList<TestedQuality> Items);

/// <summary>A data test and its last run.</summary>
/// <param name="Status"><c>passed</c>, <c>failed</c>, <c>error</c> where it could not be run, or <c>never</c> where it was not run yet.</param>
/// <param name="FailingRows">How many rows fail; null where that is not known.</param>
/// <param name="LastRun">UTC; null where it was not run yet.</param>
/// <param name="Message">Why it could not be run; null otherwise.</param>
internal sealed record TestedQuality(string Name, string Table, string Kind, string Meaning, string Status, long? FailingRows, DateTimeOffset? LastRun,
    string? Message)
{
    private const string Never = "never";

    public static TestedQuality Of(DataTest test, LatestResult? latest) => new(
        test.Name, test.Table, test.Kind, test.Says, latest?.Status ?? Never, latest is { Status: not DataTestResult.Error } ? latest.FailingRows : null,
        latest?.RanAt,
        latest is { Message.Length: > 0 } ? latest.Message : null);
}

/// <summary>A row of latest_results.sql.</summary>
internal sealed record LatestResult(string Test, string Status, long FailingRows, string Message, DateTimeOffset RanAt);


internal static class QualityEndpoint
{
    private const string Resource = "quality";

    /// <summary>Whoever works with the numbers of all may know how sound they are.</summary>
    public static IEnumerable<AccessRule> Access => [new(Roles.Analyst, Resource, Actions.Read)];

    private static readonly string Sql = EmbeddedSql.Read("Quality/Sql/latest_results.sql");
    private static readonly IReadOnlyList<DataTest> Tests = DataTest.All();

    public static void MapQuality(this IEndpointRouteBuilder v1) => v1.MapGet("/quality", ReadAsync)
        .Needs(Actions.Read, Resource)
        .WithTags("Operations")
        .WithSummary("What the data tests found when they were run last.")
        .IsHeavy();

    private static async Task<Ok<QualityAnswer>> ReadAsync(ClickHouseClient warehouse, HttpContext http)
    {
        var latest = (await warehouse.QueryAsync<LatestResult>(new(Sql), http.RequestAborted)).ToDictionary(result => result.Test, StringComparer.Ordinal);
        http.Response.Headers.CacheControl = "no-store";
        IReadOnlyList<TestedQuality> items = [.. Tests.Select(test => TestedQuality.Of(test, latest.GetValueOrDefault(test.Name)))];
        return TypedResults.Ok(new QualityAnswer(items.All(item => item.Status == DataTestResult.Passed), items));
    }
}
