using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Cache;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>A kind of place whose scores are asked about.</summary>
/// <param name="Level">What answers call one; queries about one are named after it.</param>
/// <param name="Kind">Whose scores these are. The queries' parameter for the id is called as the thing.</param>
/// <param name="Resource">What of it the policy is asked about.</param>
/// <param name="Districts">Finds the districts and years of its scores.</param>
/// <param name="Contains">Whether published people are of the place of an id, by their path.</param>
internal sealed record ScoredPlace<T>(
    string Level, EntityKind<T> Kind, string Resource, WarehouseQuery Districts, Func<string, Func<string[], bool>> Contains)
    where T : class
{
    /// <summary>How routes about one begin; the route's value for the id is <c>id</c>.</summary>
    public string Route => $"/{Level}s/{{id}}";

    /// <summary>The query about one that is called so.</summary>
    public WarehouseQuery Query(string question) => WarehouseQuery.Of(AssessmentsArea.FolderName, $"{Level}_{question}");
}

internal static class ScoredPlaces
{
    public static readonly ScoredPlace<Teacher> Classroom = new(
        "classroom", Entities.Teacher, AssessmentsAccess.ClassroomScores, Districts("classroom_districts"), id => path => path[PublishedTest.Teacher] == id);

    public static readonly ScoredPlace<School> School = new(
        "school", Entities.School, AssessmentsAccess.SchoolScores, Districts("school_districts"), id => path => path[PublishedTest.School] == id);

    // What is published is looked for by district: all of it is of the district, or of the state.
    public static readonly ScoredPlace<District> District = new(
        "district", Entities.District, AssessmentsAccess.DistrictScores, Districts("district_years"), _ => _ => true);

    public static readonly ScoredPlace<State> State = new(
        "state", Entities.State, AssessmentsAccess.StateScores, Districts("state_districts"), _ => _ => true);

    private static WarehouseQuery Districts(string name) => WarehouseQuery.Of(AssessmentsArea.FolderName, name);
}
