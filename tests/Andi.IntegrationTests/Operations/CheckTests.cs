using System.Text.Json;

namespace Andi.IntegrationTests.Operations;

/// <summary>The check on a pipeline that works.</summary>
public sealed class CheckTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    public async Task All_holds_on_a_pipeline_with_random_changes_while_more_are_written()
    {
        var changes = new SchoolChanges(andi, 1);
        await changes.CreateAsync();
        await changes.ChangeAsync(60);
        await andi.ExecuteAsync("TRUNCATE scores");
        await changes.ChangeAsync(30);
        var writing = new SchoolChanges(andi, 11).ChangeAsync(60);
        var check = await andi.RunAsync("check", "--json");
        await writing;

        check.Code.ShouldBe(0, check.Output + check.Error);
        var found = JsonDocument.Parse(check.Output).RootElement;
        found.GetProperty("ok").GetBoolean().ShouldBeTrue();
        found.GetProperty("generation").GetInt32().ShouldBe(1);
        Compared(found, "offsets").ShouldBeGreaterThan(300);
        Compared(found, "rows").ShouldBeGreaterThan(100);
        (await andi.LedgerAsync<long>("SELECT count(*) FROM holds")).ShouldBe(0);
        (await andi.SourceAsync<long>("SELECT count(*) FROM pg_replication_slots WHERE database = current_database() AND slot_name LIKE 'andi_check%'"))
            .ShouldBe(0);
    }

    private static long Compared(JsonElement output, string part) => output.GetProperty("findings").EnumerateArray()
        .Where(finding => finding.GetProperty("part").GetString() == part).Sum(finding => finding.GetProperty("compared").GetInt64());
}
