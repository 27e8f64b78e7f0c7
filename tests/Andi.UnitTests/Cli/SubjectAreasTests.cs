using Andi.Cli.Seed;

namespace Andi.UnitTests.Cli;

public sealed class SubjectAreasTests
{
    [Fact]
    public void Areas_come_after_those_they_depend_on_whatever_their_names()
    {
        SubjectArea[] areas = [new Area("absence", "schools"), new Area("boards", "absence", "schools"), new Area("schools")];
        SubjectAreas.InOrder(areas).Select(area => area.Name).ShouldBe(["schools", "absence", "boards"]);
    }

    [Fact]
    public void Areas_in_a_circle_or_without_one_they_depend_on_are_refused()
    {
        Should.Throw<InvalidOperationException>(() => SubjectAreas.InOrder([new Area("a", "b"), new Area("b", "a")])).Message.ShouldContain("a: b, b: a");
        Should.Throw<InvalidOperationException>(() => SubjectAreas.InOrder([new Area("a", "schools")])).Message.ShouldContain("a: schools");
    }

    [Fact]
    public void Areas_of_the_command_line_are_found_by_their_type() =>
        SubjectAreas.All.Select(area => area.Name).ShouldBe(["schools", "assessments", "coaching", "licensing"]);

    private sealed class Area(string name, params string[] needs) : SubjectArea
    {
        public override string Name => name;

        public override IReadOnlyList<string> DependsOn => needs;
    }
}
