using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>Something that teachers use, as it is now.</summary>
internal sealed record Resource(string Id, string Title, string Kind, string Subject, string GradeBand)
{
    public static readonly EntityKind<Resource> Entity = new(
        "resource", "resources", WarehouseQuery.Of(CoachingArea.FolderName, "resource"), resource => resource.Id,
        WarehouseQuery.Of(CoachingArea.FolderName, "resources"));
}

/// <summary>How a resource is used.</summary>
/// <param name="Title">Null where the resource is not known any more, as are kind, subject and grades then.</param>
/// <param name="AvgRating">1 to 5; null where nobody rated it.</param>
/// <param name="RatingCounts">How many gave 1, 2, 3, 4 and 5.</param>
/// <param name="AvgDurationSeconds">Of the uses that have a duration; null where none has.</param>
/// <param name="CompletionRate">Of the teachers who used it, how many completed it, 0 to 1.</param>
internal sealed record ResourceUses(
    string Id,
    string? Title,
    string? Kind,
    string? Subject,
    string? GradeBand,
    long UseCount,
    long TeacherCount,
    long ViewCount,
    long DownloadCount,
    long CompleteCount,
    long ShareCount,
    long RateCount,
    double? AvgRating,
    IReadOnlyList<long> RatingCounts,
    double? AvgDurationSeconds,
    double CompletionRate);

/// <summary>A page of resources, the most used first.</summary>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record ResourceUsage(IReadOnlyList<ResourceUses> Items, string? NextCursor);

/// <summary>A week's uses of resources. The week is named by its Monday.</summary>
internal sealed record ResourceWeek(
    DateOnly Week,
    long UseCount,
    long TeacherCount,
    long ResourceCount,
    long ViewCount,
    long DownloadCount,
    long CompleteCount,
    long ShareCount,
    long RateCount,
    double? AvgRating);

internal sealed record ResourceWeeks(IReadOnlyList<ResourceWeek> Items);

/// <summary>Where a page ended: how often its last resource was used, and the id, which makes it unique.</summary>
internal sealed record UsageCursor(long Count, string Id);

internal static class ResourceUsageEndpoints
{
    private static readonly WarehouseQuery Usage = WarehouseQuery.Of(CoachingArea.FolderName, "resource_usage");
    private static readonly WarehouseQuery Weekly = WarehouseQuery.Of(CoachingArea.FolderName, "resource_usage_weekly");

    public static void MapResourceUsage(this IEndpointRouteBuilder area)
    {
        area.MapGet("/resources/usage", UsageAsync)
            .Lists(CoachingAccess.Overviews)
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.District, "districtId")
            .WithSummary("Which resources are used, how, and how they are rated; the most used first.");
        area.MapGet("/resources/usage/weekly", WeeklyAsync)
            .Lists(CoachingAccess.Overviews)
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.District, "districtId")
            .WithSummary("How the use of resources develops, week by week.");
    }

    private static async Task<Results<Ok<ResourceUsage>, ProblemHttpResult>> UsageAsync(
        string? districtId, string? resourceId, [AsParameters] Period period, [AsParameters] PageRequest page, Scope scope, Questions questions,
        CancellationToken cancellationToken)
    {
        var problem = period.Check()
            ?? page.Check<UsageCursor>(cursor => cursor.Id is not null)
            ?? await UnknownAsync(districtId, resourceId, questions, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var after = page.After<UsageCursor>();
        var parameters = new ClickHouseParameters
        {
            { "district", scope.Limit(PlacesOfSchools.District, districtId) },
            { "resource", resourceId },
            { "continued", after is not null },
            { "after_count", after?.Count ?? 0 },
            { "after_id", after?.Id ?? "" },
            { "page_size", (uint)page.Size + 1 },
        };
        var (items, next) = page.Of(await questions.RowsAsync<ResourceUses>(Usage, period, parameters, cancellationToken),
            last => new UsageCursor(last.UseCount, last.Id));
        return TypedResults.Ok(new ResourceUsage(items, next));
    }

    private static async Task<Results<Ok<ResourceWeeks>, ProblemHttpResult>> WeeklyAsync(
        string? districtId, string? resourceId, [AsParameters] Period period, Scope scope, Questions questions,
        CancellationToken cancellationToken)
    {
        if ((period.Check() ?? await UnknownAsync(districtId, resourceId, questions, cancellationToken)) is { } problem)
        {
            return problem;
        }

        return TypedResults.Ok(new ResourceWeeks(await questions.RowsAsync<ResourceWeek>(
            Weekly, period, new() { { "district", scope.Limit(PlacesOfSchools.District, districtId) }, { "resource", resourceId } }, cancellationToken)));
    }

    private static async Task<ProblemHttpResult?> UnknownAsync(string? districtId, string? resourceId, Questions questions,
        CancellationToken cancellationToken) =>
        await questions.UnknownAsync(Entities.District, districtId, cancellationToken)
            ?? await questions.UnknownAsync(Resource.Entity, resourceId, cancellationToken);
}
