using System.Text.RegularExpressions;
using Andi.Warehouse.Areas;
using Andi.Warehouse.Migrations;

namespace Andi.UnitTests.Warehouse;

public sealed partial class SubjectAreaTests
{
    [Fact]
    public void Area_comes_behind_those_that_it_depends_on_whatever_the_alphabet_says() =>
        SubjectArea.InOrder([new("absence", ["schools"]), new("lunch", ["absence", "schools"]), new("buses", []), new("schools", [])])
            .Select(area => area.Name).ShouldBe(["buses", "schools", "absence", "lunch"]);

    [Fact]
    public void Area_that_depends_on_nothing_that_exists_is_refused() =>
        Should.Throw<FormatException>(() => SubjectArea.InOrder([new("absence", ["school"])]))
            .Message.ShouldBe("The area absence depends on school, which does not exist.");

    [Fact]
    public void Areas_that_depend_on_each_other_are_refused() =>
        Should.Throw<FormatException>(() => SubjectArea.InOrder([new("a", ["b"]), new("b", ["a"]), new("c", [])])).Message
            .ShouldBe("These areas depend on each other: a, b.");

    [Fact]
    public void Every_file_is_of_a_registered_area() =>
        SqlFile.All().Select(file => file.Area).Distinct().Except(SubjectArea.All().Select(area => area.Name)).ShouldBe([SqlFile.Platform]);

    /// <summary>Everything that an SQL file reads is made by the platform, by its own area or by one that the area depends on.</summary>
    [Fact]
    public void Area_uses_only_what_it_declares()
    {
        var areas = SubjectArea.All();
        var makers = MigrationCatalog.Embedded().Files
            .SelectMany(file => file.Statements.SelectMany(sql => Made().Matches(sql)).Select(made => (Name: made.Groups["name"].Value, file.Area)))
            .Distinct().ToDictionary(made => made.Name, made => made.Area);
        makers.Count.ShouldBeGreaterThan(50);
        foreach (var file in SqlFile.All().Where(file => !file.Name.EndsWith(".source", StringComparison.Ordinal)))
        {
            var declared = areas.SingleOrDefault(area => area.Name == file.Area)?.DependsOn ?? [];
            var used = Named().Matches(Comment().Replace(file.Read(), "")).Select(name => name.Value).Where(makers.ContainsKey).Select(name => makers[name]);
            used.Except([.. declared, file.Area, SqlFile.Platform]).ShouldBeEmpty($"{file.Area}/{file.Folder}/{file.FileName}");
        }
    }

    [GeneratedRegex(@"^CREATE (OR REPLACE )?(MATERIALIZED )?(TABLE|VIEW|FUNCTION) (IF NOT EXISTS )?(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex(@"\b(andi_\w+|(staging|facts|dims|agg|models|marts|ops)\.\w+)")]
    private static partial Regex Named();

    [GeneratedRegex("--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
