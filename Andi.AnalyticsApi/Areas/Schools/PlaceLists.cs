using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>A state that has districts.</summary>
/// <param name="StateId">For example <c>TX</c>.</param>
internal sealed record ListedState(string StateId);

/// <summary>A district as it is now.</summary>
internal sealed record ListedDistrict(string DistrictId, string Name, string StateId);

/// <summary>A school as it is now.</summary>
internal sealed record ListedSchool(string SchoolId, string Name, string DistrictId);

/// <summary>A classroom: the students of whom a teacher records something. It has its teacher's id and name.</summary>
internal sealed record ListedClassroom(string TeacherId, string Name, string SchoolId);

/// <summary>Where a page of states ended.</summary>
internal sealed record StateCursor(string Id);

/// <summary>Which states, districts, schools and classrooms there are: what other questions are asked of.</summary>
internal static class PlaceLists
{
    private static readonly WarehouseQuery States = WarehouseQuery.Of(SchoolsArea.FolderName, "state_list");
    private static readonly WarehouseQuery Districts = WarehouseQuery.Of(SchoolsArea.FolderName, "district_list");
    private static readonly WarehouseQuery Schools = WarehouseQuery.Of(SchoolsArea.FolderName, "school_list");
    private static readonly WarehouseQuery Classrooms = WarehouseQuery.Of(SchoolsArea.FolderName, "classroom_list");

    public static void MapPlaceLists(this IEndpointRouteBuilder area)
    {
        area.MapGet("/states", StatesAsync).Lists(SchoolsAccess.Places)
            .WithSummary("Which states have districts, by id.");
        area.MapGet("/districts", (string? stateId, [AsParameters] PageRequest page, Scope scope, Questions questions, CancellationToken cancellationToken) =>
                ByNameAsync<ListedDistrict, State>(
                    Districts, Entities.State, stateId, PlacesOfSchools.District, last => new NameCursor(last.Name, last.DistrictId), page, scope, questions,
                    cancellationToken))
            .Lists(SchoolsAccess.Places).NarrowedBy(SchoolsAccess.Places, PlacesOfSchools.State, "stateId")
            .WithSummary("Which districts there are, all or those of a state, by name.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        area.MapGet("/schools", (string? districtId, [AsParameters] PageRequest page, Scope scope, Questions questions, CancellationToken cancellationToken) =>
                ByNameAsync<ListedSchool, District>(
                    Schools, Entities.District, districtId, PlacesOfSchools.School, last => new NameCursor(last.Name, last.SchoolId), page, scope, questions,
                    cancellationToken))
            .Lists(SchoolsAccess.Places).NarrowedBy(SchoolsAccess.Places, PlacesOfSchools.District, "districtId")
            .WithSummary("Which schools there are, all or those of a district, by name.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        area.MapGet("/classrooms", (string? schoolId, [AsParameters] PageRequest page, Scope scope, Questions questions, CancellationToken cancellationToken) =>
                ByNameAsync<ListedClassroom, School>(
                    Classrooms, Entities.School, schoolId, PlacesOfSchools.Teacher, last => new NameCursor(last.Name, last.TeacherId), page, scope, questions,
                    cancellationToken))
            .Lists(SchoolsAccess.Places).NarrowedBy(SchoolsAccess.Places, PlacesOfSchools.School, "schoolId")
            .WithSummary("Which classrooms there are, all or those of a school, by the names of their teachers.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Page<ListedState>>, ProblemHttpResult>> StatesAsync(
        [AsParameters] PageRequest page, Scope scope, Questions questions, CancellationToken cancellationToken)
    {
        if (page.Check<StateCursor>(cursor => cursor.Id is not null) is { } problem)
        {
            return problem;
        }

        var parameters = new ClickHouseParameters
        {
            { "after_id", page.After<StateCursor>()?.Id ?? "" },
            { "page_size", (uint)page.Size + 1 },
            { "only", scope.Limit(PlacesOfSchools.State) },
        };
        var (items, next) = page.Of(await questions.RowsAsync<ListedState>(States, parameters, cancellationToken), last => new StateCursor(last.StateId));
        return TypedResults.Ok(new Page<ListedState>(items, next));
    }

    /// <summary>A page of what lies in a place, or everywhere where its id is null; of that what lies in the caller's scope, or what that lies in.</summary>
    /// <param name="place">Also the query's parameter.</param>
    /// <param name="listed">The kind of what is listed.</param>
    private static Task<Results<Ok<Page<T>>, ProblemHttpResult>> ByNameAsync<T, TPlace>(
        WarehouseQuery query, EntityKind<TPlace> place, string? placeId, string listed, Func<T, NameCursor> end, PageRequest page, Scope scope,
        Questions questions, CancellationToken cancellationToken)
        where TPlace : class => questions.PageByNameAsync(
            query,
            new ClickHouseParameters
            {
                { place.Thing, scope.Limit(place.Thing, placeId) },
                { "only", scope.Limit(listed) },
                { "within_district", scope.Limit(PlacesOfSchools.District) ?? "" },
                { "within_state", scope.Limit(PlacesOfSchools.State) ?? "" },
            },
            page, end, cancellationToken,
            () => questions.UnknownAsync(place, placeId, cancellationToken));
}
