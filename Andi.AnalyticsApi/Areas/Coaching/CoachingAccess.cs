using Andi.AnalyticsApi.Access;
using Andi.Security;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>
/// Who may see what of coaching. It is about lessons and what teachers do, never about a student. A teacher's own is for the teacher and those above; what a
/// place did, for everybody in it and for analysts.
/// </summary>
internal static class CoachingAccess
{
    /// <summary>What a teacher did.</summary>
    public const string OfTeachers = "coaching of a teacher";

    /// <summary>What a school or a district did.</summary>
    public const string OfPlaces = "coaching of a place";

    /// <summary>Rankings, use of resources, the community and adoption: of the caller's place where none is asked for.</summary>
    public const string Overviews = "coaching overviews";

    public static readonly IReadOnlyList<PlaceRule> Rules =
    [
        .. Roles.Scoped.Select(role => new PlaceRule(role, OfTeachers, Relation.Within)),
        .. from role in Roles.Scoped from resource in (string[])[OfPlaces, Overviews] select new PlaceRule(role, resource, Relation.Within | Relation.Above),
        .. from resource in (string[])[OfPlaces, Overviews] select new PlaceRule(Roles.Analyst, resource, Relation.Within),
    ];
}
