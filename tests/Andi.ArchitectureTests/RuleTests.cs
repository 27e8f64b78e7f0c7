using Andi.ArchitectureTests.Rules;
using Andi.ArchitectureTests.Sources;

namespace Andi.ArchitectureTests;

/// <summary>Each rule over a small made-up repository that breaks it, and over one that does not.</summary>
public sealed class RuleTests
{
    private const string Landing = "CREATE TABLE staging.absences_changes (\n    absence_reason String,\n    _sign Int8\n) ENGINE = MergeTree ORDER BY ()";

    private static readonly (string, string)[] Absence =
    [
        ("Andi.Warehouse/Areas/Absence/tables/absences.sql", Landing),
        ("Andi.Oltp/Areas/Absence/AbsenceArea.cs", "namespace Andi.Oltp.Areas.Absence;\nclass AbsenceArea { string[] DependsOn => [\"schools\"]; }"),
        ("Andi.Oltp/Areas/Schools/SchoolsArea.cs", "namespace Andi.Oltp.Areas.Schools;\nclass SchoolsArea;"),
    ];

    [Theory]
    [InlineData("var area = Areas.Absence.AbsenceArea.Name;", "'Absence'")]
    [InlineData("var sql = \"SELECT absence_reason\";", "'absence_reason'")]
    [InlineData("var sql = \"FROM staging.absences_changes\";", "'staging.absences_changes'")]
    [InlineData("var sql = $\"FROM public.absences WHERE {1}\";", "'public.absences'")]
    public void Area_named_outside_its_folders_is_found(string line, string what) =>
        Broken("areas stay in their folders", [("Andi.Oltp/Storage/Store.cs", $"// absence_reason is only a comment\n{line}"), .. Absence])
            .ShouldHaveSingleItem().ShouldBe($"Andi.Oltp/Storage/Store.cs:2: names {what}, which belongs to an area");

    [Fact]
    public void Area_named_in_its_own_folders_tests_and_comments_is_no_violation() =>
        Broken("areas stay in their folders", [("tests/Andi.UnitTests/A.cs", "var a = \"absence_reason\";"), ("Andi.Oltp/B.cs", "/* absence */"), .. Absence])
            .ShouldBeEmpty();

    [Fact]
    public void Table_named_by_the_pipeline_is_found() =>
        Broken("the pipeline names no table", [("Andi.Ingestor/Batch.cs", "int absences = 1;\nvar table = \"absences\";"), .. Absence])
            .ShouldHaveSingleItem().ShouldBe("Andi.Ingestor/Batch.cs:2: names the table 'absences'");

    [Theory]
    [InlineData("using Andi.Oltp.Areas.Absence;", "uses 'Areas.Absence' of absence, which schools does not list in DependsOn")]
    [InlineData("var sql = \"FROM staging.absences_changes\";", "uses 'staging.absences_changes' of absence, which schools does not list in DependsOn")]
    public void Area_used_without_depends_on_is_found(string line, string what) =>
        Broken("areas use only what they depend on", [("Andi.Oltp/Areas/Schools/School.cs", line), .. Absence])
            .ShouldHaveSingleItem().ShouldBe($"Andi.Oltp/Areas/Schools/School.cs:1: {what}");

    [Fact]
    public void Area_that_is_listed_in_depends_on_may_be_used() =>
        Broken("areas use only what they depend on", [("Andi.Oltp/Areas/Absence/Day.cs", "using Andi.Oltp.Areas.Schools;"), .. Absence]).ShouldBeEmpty();

    [Fact]
    public void Cycle_of_namespaces_is_found() =>
        Broken("namespaces form no cycle",
            ("Andi.Oltp/A/One.cs", "using Andi.Oltp.B;\nnamespace Andi.Oltp.A;\nsealed class One { Two? _two; }"),
            ("Andi.Oltp/B/Two.cs", "using Andi.Oltp.C;\nnamespace Andi.Oltp.B;\nsealed class Two { Three? _three; }"),
            ("Andi.Oltp/C/Three.cs", "using Andi.Oltp.A;\nnamespace Andi.Oltp.C;\nsealed class Three { One? _one; }"))
            .ShouldHaveSingleItem().ShouldStartWith("Andi.Oltp: 3 namespaces form a cycle: Andi.Oltp.A -> Andi.Oltp.B (One.cs: Two)");

    [Fact]
    public void Namespaces_of_two_projects_and_names_in_comments_and_strings_form_no_cycle() =>
        Broken("namespaces form no cycle",
            ("Andi.Oltp/A/One.cs", "using Andi.Oltp.B;\nnamespace Andi.Oltp.A;\nsealed class One { Two? _two; }"),
            ("Andi.Oltp/B/Two.cs", "using Andi.Oltp.A;\nnamespace Andi.Oltp.B;\n/* One */ sealed class Two { string _a = \"One\"; /* One */ }"),
            ("Andi.Cli/B/Two.cs", "using Andi.Oltp.A;\nnamespace Andi.Oltp.B;\nsealed class Other { One? _one; }")).ShouldBeEmpty();

    [Fact]
    public void Long_line_and_long_file_are_found() =>
        Broken("files and lines are short", ("bench/A.cs", new string('x', 161)), ("tests/Andi.UnitTests/B.cs", new string('\n', 351)),
            ("Andi.Oltp/C.Designer.cs", new string('x', 500)))
            .ShouldBe(["bench/A.cs:1: has 161 characters, more than 160", "tests/Andi.UnitTests/B.cs: has 351 lines, more than 350"]);

    [Fact]
    public void Event_id_that_stands_twice_is_found() =>
        Broken("event ids are unique",
            ("Andi.Oltp/A.cs", "[LoggerMessage(1001, LogLevel.Warning, \"a\")]\n[LoggerMessage(EventId = 1002)]"),
                ("engines/E/B.cs", "[LoggerMessage(\n    1001, LogLevel.Error, \"b\")]"))
            .ShouldHaveSingleItem().ShouldBe("engines/E/B.cs:1: the event id 1001 is that of Andi.Oltp/A.cs:1");

    [Theory]
    [InlineData("Andi.Oltp/Common/A.cs", "class A;", "Andi.Oltp/Common: has a name that says nothing")]
    [InlineData("Andi.Oltp/A.cs", "class RowHelpers;", "Andi.Oltp/A.cs:1: the type RowHelpers has a name that says nothing")]
    [InlineData("Andi.Oltp/A.cs", "interface ISlotManager;", "Andi.Oltp/A.cs:1: the type ISlotManager has a name that says nothing")]
    public void Name_that_says_nothing_is_found(string path, string text, string violation) =>
        Broken("no common, utils, helper, manager", (path, text)).ShouldBe([violation]);

    [Theory]
    [InlineData("[a page](decisions/none.md)", "the link decisions/none.md")]
    [InlineData("[a heading](here.md#none)", "the link here.md#none")]
    [InlineData("see `Andi.Oltp/None.cs`", "the path Andi.Oltp/None.cs")]
    [InlineData("see `Andi.Oltp/Areas/<area>/None.cs`", "the path Andi.Oltp/Areas/<area>/None.cs")]
    [InlineData("run `dotnet run --project Andi.None`", "the project Andi.None")]
    [InlineData("run `Andi.Cli nothing`", "the command nothing of Andi.Cli")]
    [InlineData("```sh\ndotnet test --project tests/Andi.None\n```", "the project tests/Andi.None")]
    [InlineData("```sh\nmake nothing DIR=x\n```", "the make target nothing")]
    [InlineData("`Gone_test_of_a_thing`", "the test Gone_test_of_a_thing")]
    public void What_a_document_shows_and_is_not_there_is_found(string text, string what) =>
        Broken("documents show what is there", [("docs/here.md", $"# Here we are\n{text}\n"), .. Shown]).ShouldHaveSingleItem()
            .ShouldEndWith($"{what} is not there");

    [Fact]
    public void What_a_document_shows_and_is_there_is_no_violation() =>
        Broken("documents show what is there",
            [
                ("docs/here.md", "# Here we are\n[up](../Andi.Oltp/A.cs) [here](#here-we-are) `Andi.Oltp/Areas/<area>/B.cs` "
                    + "[web](https://example.org)\n```sh\nmake up\ndotnet run --project Andi.Cli -- seed\n```\n"),
                .. Shown,
            ]).ShouldBeEmpty();

    [Fact]
    public void Comment_that_points_to_no_document_is_found() =>
        Broken("documents show what is there", ("Andi.Oltp/A.cs", "// See docs/none.md.")).ShouldHaveSingleItem()
            .ShouldBe("Andi.Oltp/A.cs:1: points to docs/none.md, which is not there");

    [Fact]
    public void Text_that_a_language_lacks_has_alone_or_has_with_other_places_is_found() =>
        Broken("texts are there in all languages",
            ("Andi.Web/AbsenceTexts.resx", Texts(("Days", "{0} of {1} days"), ("Why", "Why"))),
            ("Andi.Web/AbsenceTexts.de.resx", Texts(("Days", "{0} Tage"), ("Why", "Warum"), ("Who", "Wer"))),
            ("Andi.Web/AbsenceTexts.es.resx", Texts(("Days", "{1}: {0} días"))))
            .ShouldBe([
                "Andi.Web/AbsenceTexts.de.resx: has other places for values in 'Days'", "Andi.Web/AbsenceTexts.de.resx: has 'Who' alone",
                "Andi.Web/AbsenceTexts.es.resx: does not have 'Why'",
            ]);

    [Theory]
    [InlineData("@inject IStringLocalizer<AbsenceTexts> Text\n<p>@Text[\"Wy\"]</p>", "Wy")]
    [InlineData("@inject IStringLocalizer<AbsenceTexts> Text\n<p>@Text[$\"Kinds_{kind}\"]</p>", "Kinds_{kind}")]
    [InlineData("@inject IStringLocalizer<AbsenceTexts> Text\n<p>@Text.Count(\"Days\", 2)</p>", "Days_other")]
    [InlineData("var text = services.GetRequiredService<IStringLocalizer<AbsenceTexts>>();\nvar a = text[\"Wy\"];", "Wy")]
    public void Text_that_is_asked_for_and_not_there_is_found(string code, string key) =>
        Broken("texts that are asked for are there",
                ("Andi.Web/A.razor", code), ("Andi.Web/AbsenceTexts.resx", Texts(("Why", ""), ("Kind_a", ""), ("Days_one", ""))))
            .ShouldHaveSingleItem().ShouldBe($"Andi.Web/A.razor:2: asks AbsenceTexts for '{key}', which they do not have");

    [Fact]
    public void Text_that_is_asked_for_and_there_is_no_violation() =>
        Broken("texts that are asked for are there",
            ("Andi.Web/A.razor",
                "@inject IStringLocalizer<AbsenceTexts> Text\n@Text[\"Why\"] @Text[$\"Kind_{kind}\"] @Text.Count(\"Days\", 2) @Other[\"What\"]"),
            ("Andi.Web/AbsenceTexts.resx", Texts(("Why", ""), ("Kind_a", ""), ("Days_one", ""), ("Days_other", "")))).ShouldBeEmpty();

    [Fact]
    public void Decision_without_its_parts_is_found() =>
        Broken("decisions are numbered and listed",
            ("docs/decisions/README.md", "[0001](0001-one.md)"),
            ("docs/decisions/0001-one.md", "# One\n\nStatus: accepted · Date: 2026-11-20\n\n**Undo it when** x"),
            ("docs/decisions/two.md", "# Two"))
            .ShouldBe([
                "docs/decisions/two.md: has no number", "docs/decisions/two.md: has no line 'Status: … · Date: …'",
                "docs/decisions/two.md: has no paragraph 'Undo it when'", "docs/decisions/two.md: has no line in the index",
            ]);

    private static readonly (string, string)[] Shown =
    [
        ("Andi.Oltp/A.cs", ""), ("Andi.Oltp/Areas/Absence/B.cs", ""), ("Andi.Cli/Andi.Cli.csproj", ""), ("Andi.Cli/Seed.cs", "new Command(\"seed\")"),
            ("Makefile", "\nup:\n"),
    ];

    private static string Texts(params (string Key, string Text)[] texts) =>
        $"<root>{string.Concat(texts.Select(text => $"<data name=\"{text.Key}\"><value>{text.Text}</value></data>"))}</root>";

    private static List<string> Broken(string rule, params (string Path, string Text)[] files) =>
        [.. Rule.All.Single(one => one.Name == rule).Check(SourceTree.Of(files)).Select(violation => violation.ToString())];
}
