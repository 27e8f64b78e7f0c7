using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Requests;
using Andi.AnalyticsApi.Search;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>
/// Districts, schools, classrooms and students by name or id. Places are those that are listed to the caller; students those who are in a school of the scope
/// now or, for a teacher, are or were in one of her classes.
/// </summary>
internal static class SchoolsSearch
{
    /// <summary>What the audit log calls students.</summary>
    public const string Students = "students";

    private static readonly WarehouseQuery InDistricts = WarehouseQuery.Of(SchoolsArea.FolderName, "district_search");
    private static readonly WarehouseQuery InSchools = WarehouseQuery.Of(SchoolsArea.FolderName, "school_search");
    private static readonly WarehouseQuery InClassrooms = WarehouseQuery.Of(SchoolsArea.FolderName, "classroom_search");
    private static readonly WarehouseQuery InStudents = WarehouseQuery.Of(SchoolsArea.FolderName, "student_search");
    private static readonly WarehouseQuery InClassesOfTeacher = WarehouseQuery.Of(SchoolsArea.FolderName, "enrolled_student_search");

    public static readonly IReadOnlyList<SearchSource> Sources =
    [
        new(PlacesOfSchools.District, SchoolsAccess.Places, DistrictsAsync),
        new(PlacesOfSchools.School, SchoolsAccess.Places, SchoolsAsync),
        new("classroom", SchoolsAccess.Places, ClassroomsAsync),
        new(PlacesOfSchools.Student, SchoolsAccess.StudentNames, StudentsAsync, Students),
    ];

    /// <summary>Says of students and classrooms in which school they are.</summary>
    public static Task<IReadOnlyList<Match>> NameSchoolsAsync(
        this Questions questions, IReadOnlyList<Match> found, CancellationToken cancellationToken) =>
        NameAsync(questions, found, Entities.School, school => school.Name, cancellationToken);

    private static Task<IReadOnlyList<Match>> DistrictsAsync(Sought sought, Scope scope, Questions questions, CancellationToken cancellationToken) =>
        questions.RowsAsync<Match>(InDistricts, Limited(sought, scope, PlacesOfSchools.District, PlacesOfSchools.State), cancellationToken);

    private static async Task<IReadOnlyList<Match>> SchoolsAsync(Sought sought, Scope scope, Questions questions, CancellationToken cancellationToken)
    {
        var parameters = Limited(sought, scope, PlacesOfSchools.School, PlacesOfSchools.District);
        parameters.Add("within_state", scope.Limit(PlacesOfSchools.State) ?? "");
        var found = await questions.RowsAsync<Match>(InSchools, parameters, cancellationToken);
        return await NameAsync(questions, found, Entities.District, district => district.Name, cancellationToken);
    }

    private static async Task<IReadOnlyList<Match>> ClassroomsAsync(Sought sought, Scope scope, Questions questions, CancellationToken cancellationToken) =>
        await questions.NameSchoolsAsync(
            await questions.RowsAsync<Match>(InClassrooms, InSchoolsOf(sought, scope, PlacesOfSchools.Teacher), cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<Match>> StudentsAsync(Sought sought, Scope scope, Questions questions, CancellationToken cancellationToken)
    {
        if (scope.Own is not { Kind: PlacesOfSchools.Teacher })
        {
            return await questions.NameSchoolsAsync(
                await questions.RowsAsync<Match>(InStudents, InSchoolsOf(sought, scope, only: null), cancellationToken), cancellationToken);
        }

        var parameters = sought.Parameters;
        parameters.Add("teacher", scope.Limit(PlacesOfSchools.Teacher));
        return await questions.NameSchoolsAsync(await questions.RowsAsync<Match>(InClassesOfTeacher, parameters, cancellationToken), cancellationToken);
    }

    /// <summary>Limited to the one of a kind, and to what lies in one of another, that the scope lets see.</summary>
    private static ClickHouseParameters Limited(Sought sought, Scope scope, string? only, string within)
    {
        var parameters = sought.Parameters;
        if (only is not null)
        {
            parameters.Add("only", scope.Limit(only));
        }

        parameters.Add(within, scope.Limit(within));
        return parameters;
    }

    private static ClickHouseParameters InSchoolsOf(Sought sought, Scope scope, string? only)
    {
        var parameters = Limited(sought, scope, only, PlacesOfSchools.School);
        parameters.Add("within_district", scope.Limit(PlacesOfSchools.District) ?? "");
        parameters.Add("within_state", scope.Limit(PlacesOfSchools.State) ?? "");
        return parameters;
    }

    private static async Task<IReadOnlyList<Match>> NameAsync<T>(
        Questions questions, IReadOnlyList<Match> found, EntityKind<T> kind, Func<T, string> name, CancellationToken cancellationToken)
        where T : class
    {
        var places = await questions.FindAsync(kind, found.Select(match => match.Within!), cancellationToken);
        return [.. found.Select(match => match with { Within = places.TryGetValue(match.Within!, out var place) ? name(place) : null })];
    }
}
