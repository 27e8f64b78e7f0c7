using System.Text.Json;
using Andi.IntegrationTests.Cli;
using Andi.Topology;

namespace Andi.IntegrationTests.Operations;

/// <summary>Health tells what is well and what is not, and ends accordingly.</summary>
public sealed class HealthTests(EnginesFixture engines) : IAsyncLifetime
{
    private readonly AndiUnderTest _andi = new(engines) { HasServices = false };

    public ValueTask InitializeAsync() => _andi.InitializeAsync();

    public ValueTask DisposeAsync() => _andi.DisposeAsync();

    [Fact]
    [Trait("Category", "Long")]
    public async Task Pipeline_that_works_is_well_and_each_thing_that_breaks_is_told()
    {
        var relay = await _andi.StartRelayAsync();
        var ingestor = await _andi.StartIngestorAsync();
        await _andi.WaitUntilAppliedAsync();
        await new SchoolChanges(_andi, 3).CreateAsync();
        await _andi.WaitUntilAppliedAsync();

        var well = await _andi.RunAsync("health", "--json");
        well.Code.ShouldBe(0, well.Output + well.Error);
        var readings = Readings(well);
        readings.Where(reading => reading.Check == "reachable").Select(reading => reading.Subject)
            .ShouldBe(["postgres, oltp", "postgres, ingest", "kafka", "clickhouse"]);
        readings.Select(reading => reading.Check).Distinct().ShouldBe(
            ["reachable", "slot lag", "capture", "lag", "messages waiting", "dead letters", "disk free", "active parts", "mutation", "failed inserts", "mart"]);
        readings.Single(reading => reading is { Check: "active parts", Subject: "dims.teachers" }).Value.ShouldBe(
            await _andi.WarehouseAsync<double>("SELECT count() FROM system.parts WHERE active AND database = 'dims' AND table = 'teachers'"));
        (await _andi.RunAsync("health")).Output.ShouldContain("All is well.");

        // Limits: what is there is beyond a limit of nothing.
        (await WrongAsync("--max-parts", "0")).ShouldContain(reading => reading.Check == "active parts" && reading.Subject == "dims.teachers");
        (await WrongAsync("--min-disk-free", "100")).ShouldAllBe(reading => reading.Check == "disk free");
        (await WrongAsync("--max-lag", "00:00:00")).ShouldContain(reading => reading.Check == "lag");

        await _andi.ExecuteOnLedgerAsync($"""
            INSERT INTO dead_letters VALUES
                ('{_andi.TopicPrefix}.public.scores', 0, 7, 'no reason', now(), NULL),
                ('{_andi.TopicPrefix}.public.scores', 0, 8, 'mended', now(), now())
            """);
        var letters = (await WrongAsync()).ShouldHaveSingleItem();
        (letters.Check, letters.Value).ShouldBe(("dead letters", 1));
        (await _andi.RunAsync("health", "--max-dead-letters", "1")).Code.ShouldBe(0);
        await _andi.ExecuteOnLedgerAsync("DELETE FROM dead_letters");

        await _andi.ExecuteAsync("ALTER PUBLICATION andi DROP TABLE tests");
        await AndiUnderTest.WaitAsync("the table to be missed", async () =>
            (await ReadAsync()).SingleOrDefault(reading => reading is { Check: "capture", Subject: "public.tests", Ok: false }) is { } missed
            && missed.Detail!.Contains("ALTER PUBLICATION andi ADD TABLE public.tests", StringComparison.Ordinal));
        await _andi.ExecuteAsync("ALTER PUBLICATION andi ADD TABLE tests");
        await AndiUnderTest.WaitAsync("the table to be back", async () => (await ReadAsync()).All(reading => reading.Ok));

        await _andi.StopAsync(ingestor);
        await _andi.ExecuteAsync("INSERT INTO districts SELECT 'late' || i, 'Late', 'CA' FROM generate_series(1, 20) AS i");
        await AndiUnderTest.WaitAsync("the events to wait", async () =>
            (await ReadAsync("--max-messages", "9"))
                .Any(reading => reading is { Check: "messages waiting", Ok: false } && reading.Subject.Contains("districts", StringComparison.Ordinal)));
        await _andi.ExecuteOnLedgerAsync("""
            UPDATE partitions
            SET pending_first = applied_offset + 1, pending_last = applied_offset + 1,
                applied_at = now() - interval '1 hour', taken_at = now() - interval '1 hour'
            WHERE topic LIKE '%.public.tests'
            """);
        (await WrongAsync("--max-lag", "01:00:00"))
            .ShouldAllBe(reading => reading.Check == "insert unconfirmed" && reading.Subject.Contains("tests", StringComparison.Ordinal));
        await _andi.ExecuteOnLedgerAsync("UPDATE partitions SET pending_first = NULL, pending_last = NULL");

        await _andi.StopAsync(relay);
        var slot = (await WrongAsync("--max-lag", "01:00:00")).ShouldHaveSingleItem();
        (slot.Check, slot.Detail!.Contains("no relay", StringComparison.Ordinal)).ShouldBe(("slot lag", true));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Mutation_that_fails_and_a_store_that_is_away_are_told_and_the_rest_as_well()
    {
        await _andi.WarehouseAsync("INSERT INTO dims.tests (_generation, test_id) VALUES (1, 'M')");
        await _andi.WarehouseAsync("ALTER TABLE dims.tests UPDATE name = toString(throwIf(1, 'never')) WHERE 1 SETTINGS mutations_sync = 0");
        await AndiUnderTest.WaitAsync("the mutation to fail", async () =>
            (await ReadAsync()).Any(reading => reading is { Check: "mutation", Ok: false } && reading.Detail!.Contains("never", StringComparison.Ordinal)));
        await _andi.WarehouseAsync("KILL MUTATION WHERE database = 'dims'");

        var away = await _andi.RunAsync(
            new Dictionary<string, string> { [$"ConnectionStrings__{ConnectionNames.Warehouse}"] = "Host=127.0.0.1;Port=1" }, "health", "--json");
        away.Code.ShouldBe(1, away.Output);
        var readings = Readings(away);
        readings.Single(reading => reading is { Check: "reachable", Ok: false }).Subject.ShouldBe("clickhouse");
        readings.ShouldContain(reading => reading.Check == "lag");
        var text = await _andi.RunAsync(new Dictionary<string, string> { [$"ConnectionStrings__{ConnectionNames.Kafka}"] = "127.0.0.1:1" }, "health");
        (text.Code, text.Output.Contains("WRONG  reachable", StringComparison.Ordinal)).ShouldBe((1, true), text.Output + text.Error);
        (await _andi.RunAsync("health", "--max-parts", "-1")).Error.ShouldContain("--max-parts");
    }

    private async Task<Reading[]> WrongAsync(params string[] limits)
    {
        var health = await _andi.RunAsync(["health", "--json", .. limits]);
        health.Code.ShouldBe(1, health.Output + health.Error);
        return [.. Readings(health).Where(reading => !reading.Ok)];
    }

    private async Task<Reading[]> ReadAsync(params string[] limits) => Readings(await _andi.RunAsync(["health", "--json", .. limits]));

    private static Reading[] Readings(CommandLine.Outcome outcome)
    {
        outcome.Output.ShouldStartWith("{", customMessage: outcome.Error);
        using var answer = JsonDocument.Parse(outcome.Output);
        var readings = answer.RootElement.GetProperty("readings").Deserialize<Reading[]>(JsonSerializerOptions.Web)!;
        answer.RootElement.GetProperty("ok").GetBoolean().ShouldBe(readings.All(reading => reading.Ok));
        return readings;
    }

    private sealed record Reading(string Check, string Subject, double? Value, bool Ok, string? Detail);
}
