using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Positions;

/// <summary>How up to date the warehouse is.</summary>
/// <param name="Position">Every change up to it is visible in every table.</param>
internal sealed record FreshnessAnswer(string Position, IReadOnlyList<TableFreshness> Tables);

/// <summary>How up to date one table is.</summary>
/// <param name="AppliedPosition">Every change of the table up to it is visible.</param>
/// <param name="AppliedAt">When the partition that is furthest behind moved last; null before the first event.</param>
/// <param name="LagMs">How long ago, in milliseconds, that partition's last applied event happened at its source; null before the first event.</param>
/// <param name="State">
/// <c>current</c>; <c>behind</c>: more than five seconds, and moving, or no table moves; <c>stopped</c>: nothing has come for five seconds, while other
/// tables move: the table is not captured or not ingested, and the services' health says why; <c>empty</c> before the first event.
/// </param>
internal sealed record TableFreshness(string Table, string AppliedPosition, DateTimeOffset? AppliedAt, long? LagMs, string State)
{
    // Every table gets an event a second, a heartbeat where nothing has changed.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    /// <param name="table">Which table.</param>
    /// <param name="partitions">Its own.</param>
    /// <param name="lastMove">When any partition of any table moved last.</param>
    /// <param name="now">The time.</param>
    public static TableFreshness Of(string table, IReadOnlyList<AppliedPartition> partitions, DateTimeOffset lastMove, DateTimeOffset now)
    {
        var last = partitions.MinBy(partition => partition.Position)!;
        var position = last.Position.ToString();
        if (!partitions.All(partition => partition.HasBegun))
        {
            return new TableFreshness(table, position, null, null, "empty");
        }

        var lag = now - partitions.Min(partition => partition.SourceTime);
        var state = lag <= Late ? "current" : lastMove - last.AppliedAt > Late ? "stopped" : "behind";
        return new TableFreshness(table, position, last.AppliedAt.ToUniversalTime(), Math.Max(0, (long)lag.TotalMilliseconds), state);
    }
}

internal static class FreshnessEndpoint
{
    private const string Resource = "freshness";

    /// <summary>Everybody may know how old an answer is; who writes, when the write has arrived.</summary>
    public static IEnumerable<AccessRule> Access => Roles.All.Select(role => new AccessRule(role, Resource, Actions.Read));

    public static void MapFreshness(this IEndpointRouteBuilder v1) => v1.MapGet("/freshness", ReadAsync)
        .WithTags("Operations")
        .Needs(Actions.Read, Resource)
        .WithSummary("How up to date the warehouse is, table by table.");

    private static async Task<Results<Ok<FreshnessAnswer>, ProblemHttpResult>> ReadAsync(PositionWait wait, TimeProvider time, HttpContext http)
    {
        var (state, problem) = await wait.WaitAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        http.Response.Headers.CacheControl = "no-store";
        var lastMove = state.Partitions.Select(partition => partition.AppliedAt).DefaultIfEmpty().Max();
        return TypedResults.Ok(new FreshnessAnswer(
            state.Position.ToString(),
            [
                .. state.Partitions.GroupBy(partition => partition.Table)
                    .OrderBy(table => table.Key, StringComparer.Ordinal)
                    .Select(table => TableFreshness.Of(table.Key, [.. table], lastMove, time.GetUtcNow())),
            ]));
    }
}
