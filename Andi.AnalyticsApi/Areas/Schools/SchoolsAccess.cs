using Andi.AnalyticsApi.Access;
using Andi.Security;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>Who may see which places, classes, and who is in them.</summary>
internal static class SchoolsAccess
{
    /// <summary>Lists of places: those in the scope, and those in which it lies.</summary>
    public const string Places = "places";

    /// <summary>The classes of a school, without their students.</summary>
    public const string Classes = "classes";

    /// <summary>The students of a class, with their names.</summary>
    public const string ClassStudents = "students of a class";

    /// <summary>Students in the scope, who are found by their names.</summary>
    public const string StudentNames = "names of students";

    public static readonly IReadOnlyList<PlaceRule> Rules =
    [
        .. Roles.Scoped.Append(Roles.Analyst).Select(role => new PlaceRule(role, Places, Relation.Within | Relation.Above)),
        new(Roles.Teacher, Classes, Relation.Above),
        .. Roles.Scoped.Skip(1).Select(role => new PlaceRule(role, Classes, Relation.Within)),
        .. from role in Roles.Scoped from resource in (string[])[ClassStudents, StudentNames] select new PlaceRule(role, resource, Relation.Within),
    ];
}
