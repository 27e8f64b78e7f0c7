using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Requests;
using Andi.Security;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>
/// How places lie in each other, as of now: a teacher (who has a classroom) in a school, a school in a district, a district in a state, a class in its
/// teacher's classroom, and a student in a school and in the classrooms of those in whose classes he or she is or was.
/// </summary>
internal static class PlacesOfSchools
{
    public const string Teacher = "teacher";
    public const string School = "school";
    public const string District = "district";
    public const string State = "state";
    public const string Class = "class";
    public const string Student = "student";

    private static readonly WarehouseQuery EnrolledByTeacher = WarehouseQuery.Of(SchoolsArea.FolderName, "student_of_teacher");

    /// <summary>Narrow ones first: the scope of an analyst is the narrowest place of its id.</summary>
    public static readonly IReadOnlyList<PlaceKind> Kinds =
    [
        new(Teacher, [Roles.Teacher], AroundTeacherAsync),
        new(School, [Roles.SchoolAdmin, Roles.Analyst], (questions, id, _, cancellationToken) => AroundSchoolAsync(questions, id, cancellationToken)),
        new(District, [Roles.DistrictAdmin, Roles.Analyst], (questions, id, _, cancellationToken) => AroundDistrictAsync(questions, id, cancellationToken)),
        new(State, [Roles.StateAdmin, Roles.Analyst], async (questions, id, _, cancellationToken) =>
            await questions.FindAsync(Entities.State, id, cancellationToken) is null ? null : [new Place(State, id)]),
        new(Class, [], AroundClassAsync),
        new(Student, [], AroundStudentAsync),
    ];

    /// <summary>The school, and what it lies in; null where there is none.</summary>
    public static async Task<IReadOnlyList<Place>?> AroundSchoolAsync(Questions questions, string id, CancellationToken cancellationToken) =>
        await questions.FindAsync(Entities.School, id, cancellationToken) is { } school
            ? [new Place(School, id), .. await AroundDistrictAsync(questions, school.DistrictId, cancellationToken) ?? []]
            : null;

    private static async Task<IReadOnlyList<Place>?> AroundDistrictAsync(Questions questions, string id, CancellationToken cancellationToken) =>
        await questions.FindAsync(Entities.District, id, cancellationToken) is { } district
            ? [new Place(District, id), new Place(State, district.StateId)]
            : null;

    private static async Task<IReadOnlyList<Place>?> AroundTeacherAsync(
        Questions questions, string id, Caller caller, CancellationToken cancellationToken) =>
        await questions.FindAsync(Entities.Teacher, id, cancellationToken) is { } teacher
            ? [new Place(Teacher, id), .. await AroundSchoolAsync(questions, teacher.SchoolId, cancellationToken) ?? []]
            : null;

    private static async Task<IReadOnlyList<Place>?> AroundClassAsync(
        Questions questions, string id, Caller caller, CancellationToken cancellationToken) =>
        await questions.FindAsync(Entities.Class, id, cancellationToken) is { } one
            ?
            [
                new Place(Class, id), new Place(Teacher, one.TeacherId), .. await AroundSchoolAsync(questions, one.SchoolId, cancellationToken) ?? [],
            ]
            : null;

    private static async Task<IReadOnlyList<Place>?> AroundStudentAsync(
        Questions questions, string id, Caller caller, CancellationToken cancellationToken)
    {
        if (await questions.FindAsync(Entities.Student, id, cancellationToken) is not { } student)
        {
            return null;
        }

        var places = new List<Place>(await AroundSchoolAsync(questions, student.SchoolId, cancellationToken) ?? []);
        if (caller is { Role: Roles.Teacher, ScopeId: { } teacher }
            && (await questions.KeptRowsAsync<EnrolledStudent>(
                EnrolledByTeacher, ["classes", "enrollments"], [("teacher", teacher), ("student", id)], cancellationToken)).Count > 0)
        {
            places.Add(new Place(Teacher, teacher));
        }

        return places;
    }

    private sealed record EnrolledStudent(string Id);
}

/// <summary>Rows of students that keep the school in which they were recorded.</summary>
internal static class RecordedRows
{
    /// <summary>
    /// Those that the caller may see of a student or classroom that is in the scope: teachers all, as the histories of their students are theirs to know;
    /// others what was recorded in their scope.
    /// </summary>
    public static async Task<IReadOnlyList<T>> RecordedWithinAsync<T>(
        this Scope scope, IReadOnlyList<T> rows, Func<T, string> schoolId, CancellationToken cancellationToken)
    {
        if (scope.Own is null or { Kind: PlacesOfSchools.Teacher })
        {
            return rows;
        }

        var within = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in rows.Select(schoolId).Distinct(StringComparer.Ordinal))
        {
            if (await scope.RelationToAsync(PlacesOfSchools.School, id, cancellationToken) == Relation.Within)
            {
                within.Add(id);
            }
        }

        return [.. rows.Where(row => within.Contains(schoolId(row)))];
    }
}
