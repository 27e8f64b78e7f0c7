using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Requests;
using Andi.Security;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>
/// Who may see which scores. Staff see the scores of what lies in their scope, students and names included; what others did they see under the rule for small
/// groups, as analysts see everything.
/// </summary>
internal static class AssessmentsAccess
{
    /// <summary>Which tests and school years there are.</summary>
    public const string Catalogue = "tests and school years";

    /// <summary>Aggregates of a classroom.</summary>
    public const string ClassroomScores = "scores of a classroom";

    /// <summary>Aggregates of a school.</summary>
    public const string SchoolScores = "scores of a school";

    /// <summary>Aggregates of a district.</summary>
    public const string DistrictScores = "scores of a district";

    /// <summary>Aggregates of a state.</summary>
    public const string StateScores = "scores of a state";

    /// <summary>Scores of single students, with their names.</summary>
    public const string StudentScores = "scores of students";

    private static readonly WarehouseQuery PlacesOfStudent = WarehouseQuery.Of(AssessmentsArea.FolderName, "student_places");
    private static readonly string[] Aggregates = [ClassroomScores, SchoolScores, DistrictScores, StateScores];
    private static readonly string[] Admins = [Roles.SchoolAdmin, Roles.DistrictAdmin, Roles.StateAdmin];

    public static readonly IReadOnlyList<PlaceRule> Rules =
    [
        .. PlaceRule.ForEverybody(Catalogue),
        new(Roles.Teacher, ClassroomScores, Relation.Within),
        new(Roles.Teacher, SchoolScores, Relation.Above, View.Protected),
        new(Roles.Teacher, DistrictScores, Relation.Above, View.Protected),
        .. from role in Admins from resource in Aggregates select new PlaceRule(role, resource, Relation.Within),
        .. from role in Admins from resource in Aggregates select new PlaceRule(role, resource, Relation.Above | Relation.Elsewhere, View.Protected),
        .. from resource in Aggregates select new PlaceRule(Roles.Analyst, resource, Relation.Within, View.Protected),
        .. Roles.Scoped.Select(role => new PlaceRule(role, StudentScores, Relation.Within)),
    ];

    /// <summary>A student also lies in the classrooms of those who gave a score, and in the schools where it was recorded.</summary>
    public static readonly PlaceKind StudentsOfScores = new(PlacesOfSchools.Student, [], AroundStudentAsync);

    private static async Task<IReadOnlyList<Place>?> AroundStudentAsync(
        Questions questions, string id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await questions.KeptRowsAsync<StudentPlace>(PlacesOfStudent, ["scores"], [("student", id)], cancellationToken);
        var places = new List<Place>(found.Select(place => new Place(PlacesOfSchools.Teacher, place.TeacherId)));
        foreach (var school in found.Select(place => place.SchoolId).Distinct(StringComparer.Ordinal))
        {
            places.AddRange(await PlacesOfSchools.AroundSchoolAsync(questions, school, cancellationToken) ?? []);
        }

        return found.Count == 0 ? null : places;
    }
}

/// <summary>A teacher who gave a student a score, and the school in which it was recorded.</summary>
internal sealed record StudentPlace(string TeacherId, string SchoolId);
