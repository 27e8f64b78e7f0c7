using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A school year that has scores.</summary>
/// <param name="SchoolYear">A year and the next: <c>2025-2026</c>.</param>
internal sealed record ListedSchoolYear(string SchoolYear);

/// <summary>Where a page of school years ended.</summary>
internal sealed record SchoolYearCursor(string Year);

internal static class SchoolYearsListEndpoint
{
    private static readonly WarehouseQuery Years = WarehouseQuery.Of(AssessmentsArea.FolderName, "school_year_list");

    public static void MapSchoolYearsList(this IEndpointRouteBuilder area) =>
        area.MapGet("/school-years", ReadAsync).Lists(AssessmentsAccess.Catalogue)
            .WithSummary("Which school years have scores, the newest first.");

    private static async Task<Results<Ok<Page<ListedSchoolYear>>, ProblemHttpResult>> ReadAsync(
        [AsParameters] PageRequest page, Questions questions, CancellationToken cancellationToken)
    {
        if (page.Check<SchoolYearCursor>(cursor => cursor.Year is not null) is { } problem)
        {
            return problem;
        }

        var after = page.After<SchoolYearCursor>();
        var parameters = new ClickHouseParameters
        {
            { "continued", after is not null }, { "after_year", after?.Year ?? "" }, { "page_size", (uint)page.Size + 1 },
        };
        var (items, next) = page.Of(
            await questions.RowsAsync<ListedSchoolYear>(Years, parameters, cancellationToken), last => new SchoolYearCursor(last.SchoolYear));
        return TypedResults.Ok(new Page<ListedSchoolYear>(items, next));
    }
}
