using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas;
using Andi.AnalyticsApi.Streaming;
using Andi.Security;

namespace Andi.UnitTests.AnalyticsApi.Streaming;

public sealed class RoleTablesTests
{
    [Fact]
    public void Role_is_told_of_the_tables_of_the_areas_that_it_reads()
    {
        var tables = new RoleTables(SubjectArea.All());
        string[] all =
        [
            "ciq_sessions", "classes", "community_activity", "districts", "enrollments", "resource_usage", "resources", "schools", "scores", "students",
            "teachers", "tests",
        ];
        foreach (var role in (string[])[.. Roles.Scoped, Roles.Analyst])
        {
            tables.Of(role).ShouldNotBeNull().Except(all).ShouldBeEmpty(role);
            all.Except(tables.Of(role)!).ShouldBeEmpty(role);
        }

        tables.Of(Roles.Admin).ShouldBeNull();
        tables.Of(Roles.Service).ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public void Tables_of_an_area_come_with_those_of_the_areas_that_it_depends_on_and_of_no_other()
    {
        var tables = new RoleTables([new Area("schools", [], []), new Area("assessments", ["schools"], ["examiner"]), new Area("coaching", ["schools"], [])]);
        tables.Of("examiner").ShouldNotBeNull()
            .ShouldBe(["classes", "districts", "enrollments", "schools", "scores", "students", "teachers", "tests"]);
        tables.Of(Roles.Teacher).ShouldNotBeNull().ShouldBeEmpty();
    }

    private sealed class Area(string name, string[] dependsOn, string[] readers) : SubjectArea
    {
        public override string Name => name;

        public override IReadOnlyList<string> DependsOn => dependsOn;

        public override IReadOnlyList<PlaceRule> Policy => [.. readers.Select(role => new PlaceRule(role, name, Relation.Within))];
    }
}
