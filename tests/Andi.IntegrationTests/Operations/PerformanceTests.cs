using System.Text.Json;

namespace Andi.IntegrationTests.Operations;

public sealed class PerformanceTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task Tables_queries_and_advice_are_told_as_they_are()
    {
        var changes = new SchoolChanges(andi, 31);
        await changes.CreateAsync();
        await changes.ChangeAsync(10);
        await andi.WaitUntilAppliedAsync();
        await andi.WarehouseAsync("SYSTEM STOP MERGES staging.districts_changes");
        await andi.WarehouseAsync("""
            INSERT INTO staging.districts_changes (district_id, _committed_at, _generation)
            SELECT toString(number), '2026-01-01', 77 FROM numbers(130)
            SETTINGS max_block_size = 1, max_insert_block_size = 1, min_insert_block_size_rows = 0, min_insert_block_size_bytes = 0
            """);

        var told = await andi.RunAsync("performance", "--slowest", "3", "--json");
        told.Code.ShouldBe(0, told.Output + told.Error);
        var answer = JsonDocument.Parse(told.Output).RootElement;
        var districts = answer.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("name").GetString() == "staging.districts_changes");
        districts.GetProperty("rows").GetInt64().ShouldBe(await andi.WarehouseAsync<long>("SELECT count() FROM staging.districts_changes"));
        districts.GetProperty("fullest").GetInt64().ShouldBe(130);
        districts.GetProperty("ratio").GetDouble().ShouldBeGreaterThan(0);
        var advice = answer.GetProperty("advice").EnumerateArray().Select(text => text.GetString()!).ToList();
        advice.ShouldContain(text => text.StartsWith("staging.districts_changes: 130 parts in one partition", StringComparison.Ordinal));
        advice.ShouldContain(text => text.Contains("query_log", StringComparison.Ordinal));
        var slowest = answer.GetProperty("slowestQueries").EnumerateArray().Select(query => query.GetProperty("milliseconds").GetDouble()).ToList();
        slowest.Count.ShouldBe(3);
        slowest.ShouldBe(slowest.OrderDescending());

        var text = await andi.RunAsync("performance");
        text.Output.ShouldContain("Advice:");
        text.Output.ShouldContain("agg.classroom_scores");
        (await andi.RunAsync("performance", "--slowest", "0")).Code.ShouldNotBe(0);
    }

    /// <summary>The embedded engine keeps no log; a table with the log's columns, as ClickHouse documents them, stands in for it.</summary>
    [Fact]
    public async Task Where_the_server_keeps_a_log_its_slowest_statements_are_told()
    {
        await andi.WarehouseAsync("""
            CREATE TABLE system.query_log
            (
                type Enum8('QueryStart' = 1, 'QueryFinish' = 2, 'ExceptionBeforeStart' = 3, 'ExceptionWhileProcessing' = 4),
                event_time DateTime, query_kind LowCardinality(String), query String, normalized_query_hash UInt64, query_duration_ms UInt64, read_rows UInt64
            )
            ENGINE = MergeTree ORDER BY event_time
            """);
        try
        {
            await andi.WarehouseAsync("""
                INSERT INTO system.query_log VALUES
                    ('QueryFinish', now(), 'Select', 'SELECT   1\nFROM slow', 1, 900, 10), ('QueryFinish', now(), 'Select', 'SELECT 1 FROM slow', 1, 100, 30),
                    ('QueryFinish', now(), 'Select', 'SELECT 2 FROM middling', 2, 500, 7), ('QueryFinish', now(), 'Select', 'SELECT 3 FROM fast', 3, 1, 1),
                    ('QueryStart', now(), 'Select', 'SELECT begun', 4, 0, 0), ('QueryFinish', now(), 'Insert', 'INSERT', 5, 9000, 0),
                    ('QueryFinish', now() - INTERVAL 2 DAY, 'Select', 'SELECT old', 6, 9000, 0),
                    ('ExceptionWhileProcessing', now(), 'Select', 'SELECT failed', 7, 9000, 0)
                """);
            var told = await andi.RunAsync("performance", "--slowest", "2", "--json");
            told.Code.ShouldBe(0, told.Output + told.Error);
            var answer = JsonDocument.Parse(told.Output).RootElement;
            answer.GetProperty("slowestStatements").EnumerateArray().Select(statement => (
                statement.GetProperty("text").GetString(), statement.GetProperty("calls").GetInt64(), statement.GetProperty("longest").GetDouble(),
                statement.GetProperty("average").GetDouble(), statement.GetProperty("rows").GetDouble()))
                .ShouldBe([("SELECT 1 FROM slow", 2, 900, 500, 20), ("SELECT 2 FROM middling", 1, 500, 500, 7)]);
            answer.GetProperty("advice").EnumerateArray().ShouldAllBe(text => !text.GetString()!.Contains("query_log", StringComparison.Ordinal));
            (await andi.RunAsync("performance")).Output.ShouldContain("SELECT 2 FROM middling");
        }
        finally
        {
            await andi.WarehouseAsync("DROP TABLE system.query_log");
        }
    }
}
