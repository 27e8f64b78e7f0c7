using System.Text.Json;

namespace Andi.IntegrationTests.Operations;

public sealed class DeadLetterCommandTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    private const int NotReplayed = 3;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Dead_letter_is_listed_shown_fails_again_until_it_is_mended_and_is_then_replayed_once()
    {
        // The source has become wider than the warehouse.
        await andi.ExecuteAsync("""
            ALTER TABLE tests DROP CONSTRAINT ck_tests_max_score;
            INSERT INTO tests VALUES ('wide', 'Wide', 'math', 1234567.25), ('narrow', 'Narrow', 'math', 100)
            """);
        await andi.WaitUntilAppliedAsync();

        var listed = JsonDocument.Parse((await andi.RunAsync("dlq", "list", "--json")).Output).RootElement.EnumerateArray().ShouldHaveSingleItem();
        var place = listed.GetProperty("place").GetString()!;
        place.ShouldMatch($"^{andi.TopicPrefix}\\.public\\.tests/[01]/[0-9]+$");
        listed.GetProperty("reason").GetString()!.ShouldContain("max_score");
        listed.GetProperty("replayedAt").ValueKind.ShouldBe(JsonValueKind.Null);

        var shown = await andi.RunAsync("dlq", "show", place);
        shown.Code.ShouldBe(0, shown.Error);
        shown.Output.ShouldContain("1234567.25");
        shown.Output.ShouldContain("""{"test_id":"wide"}""");
        (await andi.RunAsync("dlq", "show", $"{andi.TopicPrefix}.public.tests/0/999999")).Code.ShouldBe(1);

        var tooEarly = await andi.RunAsync("dlq", "replay", place);
        tooEarly.Code.ShouldBe(NotReplayed, tooEarly.Output + tooEarly.Error);
        tooEarly.Output.ShouldContain("failed again");
        tooEarly.Output.ShouldContain("max_score");

        await andi.WarehouseAsync("ALTER TABLE dims.tests MODIFY COLUMN max_score Decimal(13, 4)");
        await andi.WarehouseAsync("""
            CREATE OR REPLACE VIEW dims.tests_current AS
            SELECT test_id, name, subject, min_score, max_score, decimals, bands, levels
            FROM dims.tests FINAL
            WHERE _generation = (SELECT generation FROM ops.current_generation)
            """);
        await andi.WarehouseAsync("ALTER TABLE staging.tests_changes DROP CONSTRAINT derived_decimals_are_exact");
        await andi.WarehouseAsync("ALTER TABLE staging.tests_changes MODIFY COLUMN max_score Decimal(13, 4)");
        await andi.StopAsync(andi.Ingestor);
        await andi.StartIngestorAsync();
        var replayed = await andi.RunAsync("dlq", "replay", "--all", "--json");
        replayed.Code.ShouldBe(0, replayed.Output + replayed.Error);
        JsonDocument.Parse(replayed.Output).RootElement.EnumerateArray().ShouldHaveSingleItem().GetProperty("replayed").GetBoolean().ShouldBeTrue();

        (await andi.RunAsync("dlq", "replay", place)).Output.ShouldContain("replayed already");
        (await andi.RunAsync("dlq", "list")).Output.ShouldContain("1 dead letters, 0 outstanding");
        (await andi.WarehouseAsync<string>("SELECT groupArray((test_id, max_score)) FROM (SELECT * FROM dims.tests_current ORDER BY test_id)"))
            .ShouldBe("[('narrow',100),('wide',1234567.25)]");
        var check = await andi.RunAsync("check");
        check.Code.ShouldBe(0, check.Output + check.Error);
    }
}
