using System.ComponentModel;
using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Problems;
using Andi.AnalyticsApi.Requests;
using Andi.Limits;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>A school among others.</summary>
/// <param name="Place">Counts the schools, best first; each has its own.</param>
/// <param name="Rank">The same for schools that are as good.</param>
/// <param name="Name">Null where the school is not known any more, as is its district then.</param>
internal sealed record RankedSchool(
    long Place,
    long Rank,
    string Id,
    string? Name,
    string? DistrictId,
    long SessionCount,
    long ActiveTeachers,
    double AvgCiqScore,
    double AvgEquityScore,
    double MedianEquityScore,
    double AvgWaitTimeSeconds,
    double AvgStudentEngagement,
    double AvgTeacherTalkRatio);

/// <summary>A page of a ranking.</summary>
/// <param name="NextCursor">For <c>cursor=</c> of the next page; null on the last.</param>
internal sealed record SchoolRanking(IReadOnlyList<RankedSchool> Items, string? NextCursor);

/// <summary>Where a page ended: at a place, so what changes between two pages may show twice or not at all.</summary>
internal sealed record RankingCursor(uint Place);

internal static class SchoolRankingEndpoint
{
    private static readonly string[] Measures = ["ciqScore", "equityScore", "waitTimeSeconds", "studentEngagement"];
    private static readonly WarehouseQuery Query = WarehouseQuery.Of(CoachingArea.FolderName, "school_comparison");

    public static void MapSchoolRanking(this IEndpointRouteBuilder area) =>
        area.MapGet("/schools/rankings", ReadAsync)
            .Lists(CoachingAccess.Overviews)
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.District, "districtId")
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.State, "stateId")
            .WithSummary("How schools compare, best first.")
            .IsHeavy();

    private static async Task<Results<Ok<SchoolRanking>, ProblemHttpResult>> ReadAsync(
        string? districtId, string? stateId, [AsParameters] Period period, [AsParameters] LessonFilter filter,
        [Description("ciqScore (default), equityScore, waitTimeSeconds or studentEngagement: the average by which schools are ranked, highest first.")]
        string? measure,
        [AsParameters] PageRequest page, Scope scope, Questions questions, CancellationToken cancellationToken)
    {
        var by = measure ?? Measures[0];
        var problem = period.Check()
            ?? (Measures.Contains(by, StringComparer.Ordinal) ? null : Problem.Invalid("measure", $"must be one of {string.Join(", ", Measures)}."))
            ?? page.Check<RankingCursor>(_ => true)
            ?? await questions.UnknownAsync(Entities.District, districtId, cancellationToken)
            ?? await questions.UnknownAsync(Entities.State, stateId, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var parameters = filter.With("district", scope.Limit(PlacesOfSchools.District, districtId));
        parameters.Add("state", scope.Limit(PlacesOfSchools.State, stateId));
        parameters.Add("measure", by);
        parameters.Add("after", page.After<RankingCursor>()?.Place ?? 0);
        parameters.Add("page_size", (uint)page.Size + 1);
        var (items, next) = page.Of(await questions.RowsAsync<RankedSchool>(Query, period, parameters, cancellationToken),
            last => new RankingCursor((uint)last.Place));
        return TypedResults.Ok(new SchoolRanking(items, next));
    }
}
