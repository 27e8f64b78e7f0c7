using System.Text.Json;

namespace Andi.IntegrationTests.Operations;

public sealed class PerformanceTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    public async Task Tables_queries_and_advice_are_told_as_they_are()
    {
        var changes = new SchoolChanges(andi, 31);
        await changes.CreateAsync();
        await changes.ChangeAsync(10);
        await andi.WaitUntilAppliedAsync();
        await andi.WarehouseAsync("SYSTEM STOP MERGES staging.districts_changes");
        await andi.WarehouseAsync("INSERT INTO staging.districts_changes (district_id, _committed_at, _generation) SELECT toString(number), '2026-01-01', 77 FROM numbers(130) SETTINGS max_block_size = 1, max_insert_block_size = 1, min_insert_block_size_rows = 0, min_insert_block_size_bytes = 0");

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
}
