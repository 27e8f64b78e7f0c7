using Andi.Warehouse;

namespace Andi.AnalyticsApi.Assessments;

internal sealed record Teacher(string Id, string Name, string SchoolId);

internal sealed record School(string Id, string Name, string DistrictId);

internal sealed record District(string Id, string Name, string StateId);

internal sealed record State(string Id);

internal sealed record Student(string Id, string Name, string Grade, string SchoolId);

internal sealed record Test(string Id, string Name, string Subject);

/// <summary>A kind of thing that has an id, and the query that finds one.</summary>
/// <param name="Thing">What a problem document calls it.</param>
/// <param name="Table">Whose rows it is read from, by its name upstream.</param>
/// <param name="Query">Finds one by its id.</param>
/// <param name="Id">Of one.</param>
/// <param name="All">Finds <c>most</c> of them, where they are worth keeping: not too many, and asked for often.</param>
internal sealed record EntityKind<T>(string Thing, string Table, WarehouseQuery Query, Func<T, string> Id, WarehouseQuery? All = null);

/// <summary>The things that questions are about, as they are now.</summary>
internal static class Entities
{
    public static readonly EntityKind<Teacher> Teacher = Kind<Teacher>("teacher", "teachers", teacher => teacher.Id, Named("teachers"));
    public static readonly EntityKind<School> School = Kind<School>("school", "schools", school => school.Id, Named("schools"));
    public static readonly EntityKind<District> District = Kind<District>("district", "districts", district => district.Id, Named("districts"));
    public static readonly EntityKind<State> State = Kind<State>("state", "districts", state => state.Id);
    public static readonly EntityKind<Student> Student = Kind<Student>("student", "students", student => student.Id);
    public static readonly EntityKind<Test> Test = new("test", "tests", WarehouseQuery.Of(AssessmentsEndpoints.Area, "test"), test => test.Id, WarehouseQuery.Of(AssessmentsEndpoints.Area, "tests"));

    private static WarehouseQuery Named(string name) => WarehouseQuery.Of("schools", name);

    private static EntityKind<T> Kind<T>(string thing, string table, Func<T, string> id, WarehouseQuery? all = null) =>
        new(thing, table, Named(thing), id, all);
}
