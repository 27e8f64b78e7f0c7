using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>How often an equity score was reached.</summary>
internal sealed record EquityFrequency(double Score, long Count);

/// <summary>The equity of a school's lessons beside the district's.</summary>
/// <param name="Name">Null where the school is not known any more.</param>
/// <param name="Difference">The school's average less the district's.</param>
internal sealed record SchoolEquity(
    string Id,
    string? Name,
    long SessionCount,
    double AvgEquityScore,
    double MedianEquityScore,
    double Q1EquityScore,
    double Q3EquityScore,
    double EquityScoreStdDev,
    double Difference);

/// <param name="Items">How often each equity score was reached, ascending.</param>
internal sealed record DistrictEquity(
    string DistrictId, string DistrictName, string StateId, IReadOnlyList<EquityFrequency> Items, IReadOnlyList<SchoolEquity> Schools);

internal static class DistrictEquityEndpoint
{
    private static readonly WarehouseQuery Distribution = WarehouseQuery.Of(CoachingArea.FolderName, "district_equity_distribution");
    private static readonly WarehouseQuery Schools = WarehouseQuery.Of(CoachingArea.FolderName, "district_equity_schools");

    public static void MapDistrictEquity(this IEndpointRouteBuilder area) =>
        area.MapGet("/districts/{districtId}/equity", ReadAsync).About(CoachingAccess.OfPlaces, PlacesOfSchools.District, "districtId")
            .WithSummary("How equity scores are distributed in a district, and its schools beside it.");

    private static Task<Results<Ok<DistrictEquity>, ProblemHttpResult>> ReadAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, Questions questions, CancellationToken cancellationToken)
    {
        return questions.AnswerAsync(Entities.District, districtId, period.Check(), AskAsync,
            (district, found) => new DistrictEquity(district.Id, district.Name, district.StateId, found.Distribution, found.Schools), cancellationToken);

        async Task<(IReadOnlyList<EquityFrequency> Distribution, IReadOnlyList<SchoolEquity> Schools)> AskAsync()
        {
            var first = questions.RowsAsync<EquityFrequency>(Distribution, period, filter.With("district", districtId), cancellationToken);
            var second = questions.RowsAsync<SchoolEquity>(Schools, period, filter.With("district", districtId), cancellationToken);
            await Task.WhenAll(first, second);
            return (await first, await second);
        }
    }
}
