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
        area.MapGet("/states", StatesAsync).WithSummary("Which states have districts, by id.");
        area.MapGet("/districts", (string? stateId, [AsParameters] PageRequest page, Questions questions, CancellationToken cancellationToken) =>
                ByNameAsync<ListedDistrict, State>(
                    Districts, "state", Entities.State, stateId, last => new NameCursor(last.Name, last.DistrictId), page, questions, cancellationToken))
            .WithSummary("Which districts there are, all or those of a state, by name.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        area.MapGet("/schools", (string? districtId, [AsParameters] PageRequest page, Questions questions, CancellationToken cancellationToken) =>
                ByNameAsync<ListedSchool, District>(
                    Schools, "district", Entities.District, districtId, last => new NameCursor(last.Name, last.SchoolId), page, questions, cancellationToken))
            .WithSummary("Which schools there are, all or those of a district, by name.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        area.MapGet("/classrooms", (string? schoolId, [AsParameters] PageRequest page, Questions questions, CancellationToken cancellationToken) =>
                ByNameAsync<ListedClassroom, School>(
                    Classrooms, "school", Entities.School, schoolId, last => new NameCursor(last.Name, last.TeacherId), page, questions, cancellationToken))
            .WithSummary("Which classrooms there are, all or those of a school, by the names of their teachers.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Page<ListedState>>, ProblemHttpResult>> StatesAsync(
        [AsParameters] PageRequest page, Questions questions, CancellationToken cancellationToken)
    {
        if (page.Check<StateCursor>(cursor => cursor.Id is not null) is { } problem)
        {
            return problem;
        }

        var parameters = new ClickHouseParameters { { "after_id", page.After<StateCursor>()?.Id ?? "" }, { "page_size", (uint)page.Size + 1 } };
        var (items, next) = page.Of(await questions.RowsAsync<ListedState>(States, parameters, cancellationToken), last => new StateCursor(last.StateId));
        return TypedResults.Ok(new Page<ListedState>(items, next));
    }

    /// <summary>A page of what lies in a place, or everywhere where its id is null.</summary>
    private static Task<Results<Ok<Page<T>>, ProblemHttpResult>> ByNameAsync<T, TPlace>(
        WarehouseQuery query, string placeParameter, EntityKind<TPlace> place, string? placeId, Func<T, NameCursor> end, PageRequest page,
        Questions questions, CancellationToken cancellationToken)
        where TPlace : class => questions.PageByNameAsync(
            query, new ClickHouseParameters { { placeParameter, placeId } }, page, end, cancellationToken,
            () => questions.UnknownAsync(place, placeId, cancellationToken));
}
