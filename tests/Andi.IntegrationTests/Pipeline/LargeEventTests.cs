using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.IntegrationTests.Pipeline;

/// <summary>See docs/decisions/0008-large-events.md.</summary>
public sealed class LargeEventTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";

    [Fact]
    public async Task Event_that_Kafka_would_refuse_stops_the_relay_names_the_row_and_a_new_generation_passes_it()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, "id String, amount Decimal(9, 2), note Nullable(String)");
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('large', 1, repeat('x', 9900000))");
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.LandedAsync("toInt64(max(length(note)))")).ShouldBe(9_900_000);

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('too large', 1, repeat('x', 10000000))");
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('behind', 1, NULL)");
        var failure = "";
        await PipelineUnderTest.WaitAsync("the relay to fail", async () =>
        {
            var report = await HealthAsync(relay.Services);
            failure = report.Description ?? "";
            return report.Status == HealthStatus.Unhealthy && failure.Contains("bytes", StringComparison.Ordinal);
        });
        failure.ShouldContain(pipeline.Topic);
        failure.ShouldContain("""{"id":"too large"}""");
        failure.ShouldContain("10000000 at most");
        (await pipeline.LandedAsync("toInt64(countIf(id = 'behind'))")).ShouldBe(0);
        (await pipeline.SourceAsync<long>("SELECT count(*) FROM andi.generations")).ShouldBe(1);

        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET note = 'shorter' WHERE id = 'too large'");
        await pipeline.ExecuteAsync("INSERT INTO andi.generations (generation, state, requested_at, reason) VALUES (2, 'requested', now(), 'asked for')");
        await PipelineUnderTest.WaitAsync("the second generation", async () => await pipeline.LandedAsync("toInt64(sumIf(_sign, _generation = 2))") == 3);
    }

    [Fact]
    public async Task Large_event_that_does_not_fit_its_landing_table_is_kept_whole_as_a_dead_letter()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, "id String, amount Decimal(3, 2), note Nullable(String)");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('large', 100, repeat('x', 9900000)), ('small', 1, NULL)");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync("id")).ShouldBe("small");
        (await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters WHERE replayed_at IS NULL")).ShouldBe(1);
    }

    private static async Task<HealthReportEntry> HealthAsync(IServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["change-relay"];
}
