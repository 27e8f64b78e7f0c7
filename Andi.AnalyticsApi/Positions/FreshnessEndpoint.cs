using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Positions;

/// <summary>How up to date the warehouse is.</summary>
/// <param name="Position">Every change up to it is visible in every table.</param>
internal sealed record FreshnessAnswer(string Position, IReadOnlyList<TableFreshness> Tables);

/// <summary>How up to date one table is.</summary>
/// <param name="AppliedPosition">Every change of the table up to it is visible.</param>
/// <param name="AppliedAt">When the partition that is furthest behind moved last; null before the first event.</param>
/// <param name="LagMs">How long ago, in milliseconds, that partition's last applied event happened at its source; null before the first event.</param>
internal sealed record TableFreshness(string Table, string AppliedPosition, DateTimeOffset? AppliedAt, long? LagMs)
{
    public static TableFreshness Of(string table, IReadOnlyList<AppliedPartition> partitions, DateTimeOffset now)
    {
        var last = partitions.MinBy(partition => partition.Position)!;
        var begun = partitions.All(partition => partition.HasBegun);
        return new TableFreshness(
            table,
            last.Position.ToString(),
            begun ? last.AppliedAt.ToUniversalTime() : null,
            begun ? Math.Max(0, (long)(now - partitions.Min(partition => partition.SourceTime)).TotalMilliseconds) : null);
    }
}

internal static class FreshnessEndpoint
{
    public static void MapFreshness(this IEndpointRouteBuilder v1) => v1.MapGet("/freshness", ReadAsync)
        .WithTags("Operations")
        .WithSummary("How up to date the warehouse is, table by table.");

    private static async Task<Results<Ok<FreshnessAnswer>, ProblemHttpResult>> ReadAsync(PositionWait wait, TimeProvider time, HttpContext http)
    {
        var (state, problem) = await wait.WaitAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new FreshnessAnswer(
            state.Position.ToString(),
            [
                .. state.Partitions.GroupBy(partition => partition.Table)
                    .OrderBy(table => table.Key, StringComparer.Ordinal)
                    .Select(table => TableFreshness.Of(table.Key, [.. table], time.GetUtcNow())),
            ]));
    }
}
