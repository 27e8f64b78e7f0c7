using Andi.Warehouse.Retention;

namespace Andi.UnitTests.Warehouse.Retention;

public sealed class RetentionTtlTests
{
    [Theory]
    [InlineData("month + toIntervalMonth(62)", 7, 2, "month + toIntervalMonth(86)")]
    [InlineData("toStartOfMonth(toDate(started_at)) + toIntervalMonth(86)", 1, 2, "toStartOfMonth(toDate(started_at)) + toIntervalMonth(14)")]
    [InlineData("greatest(toDate(_committed_at), test_date) + toIntervalMonth(61)", 49, 1, "greatest(toDate(_committed_at), test_date) + toIntervalMonth(589)")]
    [InlineData("month + toIntervalMonth(62)", 5, 2, null)]
    [InlineData("month + toIntervalMonth(61)", 5, 2, "month + toIntervalMonth(62)")]
    [InlineData("toDateTime(ran_at) + toIntervalDay(90)", 7, 2, null)]
    [InlineData("toDate(_committed_at) + toIntervalYear(100)", 7, 1, null)]
    public void Tables_clause_for_other_years(string ttl, int years, int margin, string? expected)
    {
        RetentionTtl.Differing($"MergeTree PARTITION BY a ORDER BY b TTL {ttl} SETTINGS index_granularity = 256, ttl_only_drop_parts = 1", years, margin)
            .ShouldBe(expected);
        RetentionTtl.Differing($"MergeTree ORDER BY b TTL {ttl}", years, margin).ShouldBe(expected);
    }

    [Fact]
    public void Table_without_a_clause_has_none() =>
        RetentionTtl.Differing("ReplacingMergeTree(_position) ORDER BY id SETTINGS index_granularity = 256", 7, 2).ShouldBeNull();

    [Fact]
    public void Placeholder_becomes_the_months_of_the_years_that_count_and_its_margin()
    {
        const string File =
            "-- Kept INTERVAL 62 MONTH.\nCREATE TABLE t (m Date)\nORDER BY m\nTTL toStartOfMonth(m) + INTERVAL {{retention_months + 2}} MONTH\nSETTINGS a = 1";
        RetentionTtl.InStatement(File, 7)
            .ShouldBe("-- Kept INTERVAL 62 MONTH.\nCREATE TABLE t (m Date)\nORDER BY m\nTTL toStartOfMonth(m) + INTERVAL 86 MONTH\nSETTINGS a = 1");
        RetentionTtl.InStatement(File, 5).ShouldContain("TTL toStartOfMonth(m) + INTERVAL 62 MONTH");
        RetentionTtl.InStatement("ALTER TABLE s MODIFY TTL greatest(a, b) + INTERVAL {{retention_months + 1}} MONTH", 1)
            .ShouldBe("ALTER TABLE s MODIFY TTL greatest(a, b) + INTERVAL 13 MONTH");
    }

    [Theory]
    [InlineData("TTL a + INTERVAL 90 DAY")]
    [InlineData("TTL a + INTERVAL 13 MONTH")]
    [InlineData("TTL a + INTERVAL 62 MONTH")]
    public void Term_of_the_areas_own_stays_as_it_is(string sql) => RetentionTtl.InStatement(sql, 7).ShouldBe(sql);

    [Fact]
    public void Tables_that_follow_the_years_are_those_whose_last_clause_has_a_placeholder() => RetentionTtl.Margins(
        [
            "-- A comment.\nCREATE TABLE IF NOT EXISTS a.follows (m Date)\nORDER BY m\nTTL m + INTERVAL {{retention_months + 2}} MONTH",
            "CREATE TABLE IF NOT EXISTS a.own (m Date)\nORDER BY m\nTTL m + INTERVAL 13 MONTH",
            "CREATE TABLE IF NOT EXISTS a.laid_out_anew (m Date)\nORDER BY m\nTTL m + INTERVAL {{retention_months + 2}} MONTH",
            "CREATE OR REPLACE TABLE a.laid_out_anew (m Date)\nORDER BY m\nTTL m + INTERVAL {{retention_months + 1}} MONTH\nAS SELECT * FROM a.laid_out_anew",
            "CREATE TABLE IF NOT EXISTS a.no_longer (m Date)\nORDER BY m\nTTL m + INTERVAL {{retention_months + 2}} MONTH",
            "ALTER TABLE a.no_longer MODIFY TTL m + INTERVAL 13 MONTH",
            "ALTER TABLE a.follows MODIFY SETTING index_granularity = 256",
        ]).ShouldBe(new Dictionary<string, int> { ["a.follows"] = 2, ["a.laid_out_anew"] = 1 }, ignoreOrder: true);
}
