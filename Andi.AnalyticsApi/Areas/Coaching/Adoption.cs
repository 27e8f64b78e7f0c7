using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Limits;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>How many of the licensed teachers were active in a week, named by its Monday.</summary>
/// <param name="ActiveTeachers">In sessions, resources or the community.</param>
/// <param name="LicensedTeachers">Who are known now in the place asked for, and who were active there in that week.</param>
/// <param name="AdoptionRate">0 to 1.</param>
internal sealed record AdoptionWeek(
    DateOnly Week,
    long ActiveTeachers,
    long TeachersWithSessions,
    long TeachersWithResources,
    long TeachersInCommunity,
    long LicensedTeachers,
    double AdoptionRate);

/// <summary>How many teachers of a cohort had sessions, some months after their first one.</summary>
/// <param name="CohortMonth">Of their first session.</param>
/// <param name="MonthsSince">0: the cohort's own month.</param>
/// <param name="CohortTeachers">All of the cohort.</param>
/// <param name="RetentionRate">0 to 1.</param>
internal sealed record CohortActivity(DateOnly CohortMonth, long MonthsSince, long CohortTeachers, long ActiveTeachers, double RetentionRate);

/// <param name="Items">Week by week.</param>
/// <param name="Cohorts">Those whose first month is asked for.</param>
internal sealed record AdoptionAnswer(IReadOnlyList<AdoptionWeek> Items, IReadOnlyList<CohortActivity> Cohorts);

internal static class AdoptionEndpoints
{
    private static readonly WarehouseQuery Weekly = WarehouseQuery.Of(CoachingArea.FolderName, "adoption_weekly");
    private static readonly WarehouseQuery Cohorts = WarehouseQuery.Of(CoachingArea.FolderName, "retention_cohorts");

    public static void MapAdoption(this IEndpointRouteBuilder area) =>
        area.MapGet("/adoption", AdoptionAsync)
            .Lists(CoachingAccess.Overviews)
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.School, "schoolId")
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.District, "districtId")
            .NarrowedBy(CoachingAccess.Overviews, PlacesOfSchools.State, "stateId")
            .WithSummary("How many of the licensed teachers are active, week by week, and how many stay.")
            .IsHeavy();

    private static async Task<Results<Ok<AdoptionAnswer>, ProblemHttpResult>> AdoptionAsync(
        string? schoolId, string? districtId, string? stateId, [AsParameters] Period period, Scope scope, Questions questions,
        CancellationToken cancellationToken)
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

        ClickHouseParameters Places() => new()
        {
            { "school", scope.Limit(PlacesOfSchools.School, schoolId) },
            { "district", scope.Limit(PlacesOfSchools.District, districtId) },
            { "state", scope.Limit(PlacesOfSchools.State, stateId) },
        };
    }
}
