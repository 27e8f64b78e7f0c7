using Andi.Warehouse.Migrations;

namespace Andi.UnitTests.Warehouse;

public sealed class SqlScriptTests
{
    [Fact]
    public void Statements_end_at_a_semicolon_at_the_end_of_a_line() =>
        SqlScript.Split("SELECT 1;\nSELECT 2; -- not the end of the line\n  SELECT 3  ;  \n")
            .ShouldBe(["SELECT 1", "SELECT 2; -- not the end of the line\n  SELECT 3"]);

    [Fact]
    public void Semicolons_in_quotes_and_comments_end_nothing() =>
        SqlScript.Split("SELECT 'a;\n\\';\n', \"b;\n\", `c;\n` -- d;\n/* e;\n*/ FROM t;\n")
            .ShouldBe(["SELECT 'a;\n\\';\n', \"b;\n\", `c;\n` -- d;\n/* e;\n*/ FROM t"]);

    [Fact]
    public void Doubled_quotes_stay_inside() => SqlScript.Split("SELECT 'it''s;\n';\n").ShouldBe(["SELECT 'it''s;\n'"]);

    [Fact]
    public void Comments_go_with_the_statement_behind_them_and_are_none_themselves() =>
        SqlScript.Split("-- first;\nSELECT 1;\n-- about the second\nSELECT 2;\n-- the end;\n")
            .ShouldBe(["-- first;\nSELECT 1", "-- about the second\nSELECT 2"]);

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 'open;\n")]
    [InlineData("SELECT 1 /* open;\n")]
    public void What_does_not_end_is_refused(string text) => Should.Throw<FormatException>(() => SqlScript.Split(text));
}
