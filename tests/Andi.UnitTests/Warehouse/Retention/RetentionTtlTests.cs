using Andi.Warehouse.Retention;

namespace Andi.UnitTests.Warehouse.Retention;

public sealed class RetentionTtlTests
{
    [Theory]
    [InlineData("month + toIntervalMonth(62)", 7, "month + toIntervalMonth(86)")]
    [InlineData("toStartOfMonth(toDate(started_at)) + toIntervalMonth(86)", 1, "toStartOfMonth(toDate(started_at)) + toIntervalMonth(14)")]
    [InlineData("greatest(toDate(_committed_at), test_date) + toIntervalMonth(61)", 49, "greatest(toDate(_committed_at), test_date) + toIntervalMonth(589)")]
    [InlineData("month + toIntervalMonth(62)", 5, null)]
    [InlineData("toDateTime(ran_at) + toIntervalDay(90)", 7, null)]
    [InlineData("toDate(_committed_at) + toIntervalYear(100)", 7, null)]
    [InlineData("month + toIntervalMonth(60)", 7, null)]
    public void A_tables_clause_for_other_years(string ttl, int years, string? expected)
    {
        RetentionTtl.Differing($"MergeTree PARTITION BY a ORDER BY b TTL {ttl} SETTINGS index_granularity = 256, ttl_only_drop_parts = 1", years).ShouldBe(expected);
        RetentionTtl.Differing($"MergeTree ORDER BY b TTL {ttl}", years).ShouldBe(expected);
    }

    [Fact]
    public void A_table_without_a_clause_has_none() => RetentionTtl.Differing("ReplacingMergeTree(_position) ORDER BY id SETTINGS index_granularity = 256", 7).ShouldBeNull();

    [Fact]
    public void A_file_says_five_years_and_means_those_that_count()
    {
        const string File = "-- Kept INTERVAL 62 MONTH.\nCREATE TABLE t (m Date)\nORDER BY m\nTTL toStartOfMonth(m) + INTERVAL 62 MONTH\nSETTINGS a = 1";
        RetentionTtl.InStatement(File, 7).ShouldBe("-- Kept INTERVAL 62 MONTH.\nCREATE TABLE t (m Date)\nORDER BY m\nTTL toStartOfMonth(m) + INTERVAL 86 MONTH\nSETTINGS a = 1");
        RetentionTtl.InStatement(File, 5).ShouldBe(File);
        RetentionTtl.InStatement("ALTER TABLE s MODIFY TTL greatest(a, b) + INTERVAL 61 MONTH", 1).ShouldBe("ALTER TABLE s MODIFY TTL greatest(a, b) + INTERVAL 13 MONTH");
        RetentionTtl.InStatement("TTL a + INTERVAL 90 DAY", 7).ShouldBe("TTL a + INTERVAL 90 DAY");
    }
}
