using Andi.AnalyticsApi.Areas;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class ReadAreasTests
{
    [Fact]
    public void Areas_come_behind_those_that_they_depend_on()
    {
        SubjectArea.All().Select(area => area.Name).ShouldBe(["schools", "assessments", "coaching"], ignoreOrder: true);
        SubjectArea.All()[0].Name.ShouldBe("schools");
        SubjectArea.InOrder([new Area("a", "b"), new Area("b", "c"), new Area("c")]).Select(area => area.Name).ShouldBe(["c", "b", "a"]);
    }

    [Fact]
    public void Area_that_depends_on_an_unknown_one_or_on_itself_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => SubjectArea.InOrder([new Area("a", "nowhere")])).Message.ShouldContain("a (nowhere)");
        Should.Throw<InvalidOperationException>(() => SubjectArea.InOrder([new Area("a", "b"), new Area("b", "a")])).Message.ShouldContain("b (a)");
    }

    private sealed class Area(string name, params string[] dependsOn) : SubjectArea
    {
        public override string Name => name;

        public override IReadOnlyList<string> DependsOn => dependsOn;
    }
}
