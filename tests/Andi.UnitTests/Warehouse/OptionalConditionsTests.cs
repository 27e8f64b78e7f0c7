using System.Text.RegularExpressions;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.UnitTests.Warehouse;

public sealed partial class OptionalConditionsTests
{
    private const string Sql = """
        SELECT 1 FROM t
        WHERE teacher = {teacher:String}
            AND ({year:Nullable(String)} IS NULL OR t.school_year = {year:Nullable(String)})
            AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
        ORDER BY 1
        """;

    [Fact]
    public void Condition_on_nothing_is_left_out_and_one_on_a_value_is_a_comparison()
    {
        OptionalConditions.Settle(Sql, new() { { "teacher", "T" }, { "year", "2026" }, { "test", (string?)null } }).ShouldBe("""
            SELECT 1 FROM t
            WHERE teacher = {teacher:String}
                AND t.school_year = {year:String}
            ORDER BY 1
            """);
    }

    [Fact]
    public void Text_that_looks_like_null_is_a_value() =>
        OptionalConditions.Settle(Sql, new() { { "year", @"\N" }, { "test", "" } }).ShouldContain("school_year = {year:String}");

    [Fact]
    public void Condition_whose_parameter_is_not_given_stays() => OptionalConditions.Settle(Sql, []).ShouldBe(Sql);

    [Fact]
    public void Parameters_of_any_type_may_be_optional() =>
        OptionalConditions.Settle("x = 1 AND ({n:Nullable(Decimal(5, 2))} IS NULL OR a.n = {n:Nullable(Decimal(5, 2))})", new() { { "n", 2.5m } })
            .ShouldBe("x = 1 AND a.n = {n:Decimal(5, 2)}");

    [Theory]
    [InlineData("WHERE ({y:Nullable(String)} IS NULL OR a = {y:Nullable(String)})")]
    [InlineData("WHERE x = 1 AND (a = {y:Nullable(String)} OR {y:Nullable(String)} IS NULL)")]
    [InlineData("WHERE x = 1 AND ({y:Nullable(String)} IS NULL OR a != {y:Nullable(String)})")]
    [InlineData("WHERE x = 1 AND ({y:Nullable(String)} IS NULL OR a = {z:Nullable(String)})")]
    [InlineData("WHERE x = 1 AND ({y:Nullable(Date)} IS NULL OR a = {y:Nullable(String)})")]
    [InlineData("SELECT {y:Nullable(String)}")]
    public void Nullable_parameter_in_any_other_form_is_refused_with_the_name_of_the_query(string sql) =>
        Should.Throw<FormatException>(() => OptionalConditions.Checked("area/query", sql)).Message.ShouldStartWith("area/query: {");

    [Fact]
    public void Known_form_is_accepted_as_it_is() => OptionalConditions.Checked("area/query", Sql).ShouldBe(Sql);

    [Fact]
    public void Every_named_query_has_its_optional_conditions_in_this_form() =>
        WarehouseQuery.All().Select(query => query.With(NothingAskedFor(query)).Sql).ShouldAllBe(sql => !sql.Contains("Nullable(String)"));

    private static ClickHouseParameters NothingAskedFor(WarehouseQuery query)
    {
        var parameters = new ClickHouseParameters();
        foreach (var name in Optional().Matches(query.Sql).Select(match => match.Groups["name"].Value).Distinct())
        {
            parameters.Add(name, (string?)null);
        }

        return parameters;
    }

    [GeneratedRegex(@"\{(?<name>\w+):Nullable\(String\)\}")]
    private static partial Regex Optional();
}
