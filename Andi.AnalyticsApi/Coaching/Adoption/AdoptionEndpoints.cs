using Andi.AnalyticsApi.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Coaching.Adoption;

internal static class AdoptionEndpoints
{
    private static readonly WarehouseQuery Weekly = WarehouseQuery.Of(CoachingEndpoints.Area, "adoption_weekly");
    private static readonly WarehouseQuery Cohorts = WarehouseQuery.Of(CoachingEndpoints.Area, "retention_cohorts");

    public static void MapAdoption(this IEndpointRouteBuilder area) =>
        area.MapGet("/adoption", AdoptionAsync).WithSummary("How many of the licensed teachers are active, week by week, and how many stay.");

    private static async Task<Results<Ok<AdoptionAnswer>, ProblemHttpResult>> AdoptionAsync(
        string? schoolId, string? districtId, string? stateId, [AsParameters] Period period, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        var problem = period.Check()
            ?? await questions.UnknownAsync(Entities.School, schoolId, cancellationToken)
            ?? await questions.UnknownAsync(Entities.District, districtId, cancellationToken)
            ?? await questions.UnknownAsync(Entities.State, stateId, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var weeks = questions.RowsAsync<AdoptionWeek>(Weekly, period, Places(), cancellationToken);
        var cohorts = questions.RowsAsync<CohortActivity>(Cohorts, period, Places(), cancellationToken);
        await Task.WhenAll(weeks, cohorts);
        return TypedResults.Ok(new AdoptionAnswer(await weeks, await cohorts));

        ClickHouseParameters Places() => new() { { "school", schoolId }, { "district", districtId }, { "state", stateId } };
    }
}
