using Andi.Cli.Queries;
using Andi.Warehouse;
using Xunit;

namespace Andi.UnitTests.Cli;

public sealed class QueryParameterTests
{
    [Fact]
    public void What_a_parameter_is_compared_with_is_read_from_the_text()
    {
        var found = QueryParameter.Of("""
            -- {comment:String}
            SELECT a FROM facts.things FINAL AS t LEFT JOIN dims.names AS n ON n.id = t.id
            WHERE t.thing_id = {thing:String} AND ({year:Nullable(String)} IS NULL OR year = {year:Nullable(String)})
                AND kind = CAST({kind:String}, 'Enum8(\'a\' = 1)') AND grade IN {grades:Array(String)}
                AND (a, t.b) IN {pairs:Array(Tuple(String, UInt8))} AND if({sort:String} = 'name', 1, 2) AND lower(x) = {lost:String}
                AND andi_matches(t.thing_id, andi_folded(name), andi_folded({text:String}))
            LIMIT {page_size:UInt32}
            """).ToDictionary(parameter => parameter.Name);

        found.Keys.ShouldBe(["thing", "year", "kind", "grades", "pairs", "sort", "lost", "text", "page_size"]);
        found["thing"].Columns.ShouldBe(["thing_id"]);
        (found["year"].IsOptional, found["year"].PlainType, found["year"].Columns[0]).ShouldBe((true, "String", "year"));
        found["kind"].Columns.ShouldBe(["kind"]);
        (found["grades"].IsArray, found["grades"].Columns[0]).ShouldBe((true, "grade"));
        found["pairs"].Columns.ShouldBe(["a", "b"]);
        found["sort"].Literal.ShouldBe("name");
        found["lost"].Columns.ShouldBeEmpty();
        found["text"].Columns.ShouldBe(["thing_id"]);
        found["page_size"].IsLimit.ShouldBeTrue();
        QueryParameter.TablesOf("SELECT 1 FROM facts.a FINAL LEFT JOIN dims.b ON 1 WHERE x IN (SELECT x FROM agg.c) -- FROM "
            + "agg.d").ShouldBe(["facts.a", "dims.b", "agg.c"]);
    }

    [Fact]
    public void Every_named_query_reads_a_table_and_has_parameters() =>
        WarehouseQuery.All().Where(query => QueryParameter.TablesOf(query.Sql).Count == 0 || QueryParameter.Of(query.Sql).Count == 0).ShouldBeEmpty();
}
