using Andi.AnalyticsApi.Assessments;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Coaching.Resources;

/// <summary>Something that teachers use, as it is now.</summary>
internal sealed record Resource(string Id, string Title, string Kind, string Subject, string GradeBand)
{
    public static readonly EntityKind<Resource> Entity = new(
        "resource", "resources", WarehouseQuery.Of(CoachingEndpoints.Area, "resource"), resource => resource.Id,
        WarehouseQuery.Of(CoachingEndpoints.Area, "resources"));
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
