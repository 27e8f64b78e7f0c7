using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Cache;
using Andi.AnalyticsApi.Search;
using Andi.Warehouse;

namespace Andi.AnalyticsApi.Areas.Schools;

/// <summary>Districts, schools, teachers, students and classes: what the questions of other areas are about.</summary>
internal sealed class SchoolsArea : SubjectArea
{
    public const string FolderName = "schools";

    public override string Name => FolderName;

    public override IReadOnlyList<string> DependsOn => [];

    public override IReadOnlyList<PlaceKind> Places => PlacesOfSchools.Kinds;

    public override IReadOnlyList<PlaceRule> Policy => SchoolsAccess.Rules;

    public override IReadOnlyList<SearchSource> Searched => SchoolsSearch.Sources;

    public override void Map(IEndpointRouteBuilder v1)
    {
        var area = v1.MapGroup("").WithTags("Schools");
        area.MapPlaceLists();
        area.MapClasses();
    }
}

internal sealed record Teacher(string Id, string Name, string SchoolId);

internal sealed record School(string Id, string Name, string DistrictId);

internal sealed record District(string Id, string Name, string StateId);

internal sealed record State(string Id);

internal sealed record Class(string Id, string Name, string SchoolId, string TeacherId, string? Subject, string SchoolYear);

internal sealed record Student(string Id, string Name, string Grade, string SchoolId);

/// <summary>The entities that questions are about, as they are now.</summary>
internal static class Entities
{
    public static readonly EntityKind<Teacher> Teacher = Kind<Teacher>("teacher", "teachers", teacher => teacher.Id, Named("teachers"));
    public static readonly EntityKind<School> School = Kind<School>("school", "schools", school => school.Id, Named("schools"));
    public static readonly EntityKind<District> District = Kind<District>("district", "districts", district => district.Id, Named("districts"));
    public static readonly EntityKind<State> State = Kind<State>("state", "districts", state => state.Id);
    public static readonly EntityKind<Student> Student = Kind<Student>("student", "students", student => student.Id);
    public static readonly EntityKind<Class> Class = Kind<Class>("class", "classes", one => one.Id);

    private static WarehouseQuery Named(string name) => WarehouseQuery.Of(SchoolsArea.FolderName, name);

    private static EntityKind<T> Kind<T>(string thing, string table, Func<T, string> id, WarehouseQuery? all = null) =>
        new(thing, table, Named(thing), id, all);
}
