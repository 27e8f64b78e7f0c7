using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.IntegrationTests.Pipeline;

[Collection(AloneCollection.Name)]
public sealed class ReplicationSlotTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";

    [Fact]
    public async Task Lag_of_the_slot_is_in_the_health_check()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        var relay = await pipeline.StartRelayAsync();
        var health = relay.Services.GetRequiredService<HealthCheckService>();

        await PipelineUnderTest.WaitAsync("the slot to be reported", async () =>
            (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["replication-slots"] is { Status: HealthStatus.Healthy } entry
            && entry.Data.TryGetValue(pipeline.Slot, out var slot) && slot is Dictionary<string, object> values
            && values["walStatus"] is "reserved" or "extended" && values["retained"] is > 0L);
    }

    [Fact]
    public async Task PostgreSQL_gives_up_the_WAL_of_a_relay_that_is_away_rather_than_fill_its_disk()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        (await pipeline.SourceAsync<string>("SHOW max_slot_wal_keep_size")).ShouldBe("16GB");
    }

    [Fact]
    public async Task Slot_that_PostgreSQL_gave_up_ends_its_generation()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i, NULL FROM generate_series(1, 100) AS i");
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(relay);
        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE id LIKE '%1'");

        // Given up for its age instead of for its WAL: 16 GB take too long.
        await SetIdleTimeoutAsync(pipeline, "'1s'");
        try
        {
            await PipelineUnderTest.WaitAsync("the slot to be given up", async () =>
            {
                await pipeline.ExecuteAsync("CHECKPOINT");
                return await pipeline.SourceAsync<bool>($"SELECT wal_status = 'lost' FROM pg_replication_slots WHERE slot_name = '{pipeline.Slot}'");
            });
        }
        finally
        {
            await SetIdleTimeoutAsync(pipeline, "DEFAULT");
        }

        await pipeline.StartRelayAsync();
        await PipelineUnderTest.WaitAsync("the second snapshot", async () => await pipeline.LandedAsync("toInt64(sumIf(_sign, _generation = 2))") == 90);
        (await pipeline.SourceAsync<string>("SELECT string_agg(generation || ' ' || state, ', ' ORDER BY generation) FROM andi.generations"))
            .ShouldBe("1 abandoned, 2 streaming");
        (await pipeline.SourceAsync<string>("SELECT reason FROM andi.generations WHERE generation = 1")).ShouldContain("given up WAL");
        (await pipeline.LandedAsync("toInt64(sumIf(_sign, _generation = 1))")).ShouldBe(100, "readers stay on what they had");
    }

    private static async Task SetIdleTimeoutAsync(PipelineUnderTest pipeline, string value)
    {
        await pipeline.ExecuteAsync($"ALTER SYSTEM SET idle_replication_slot_timeout = {value}");
        await pipeline.ExecuteAsync("SELECT pg_reload_conf()");
    }
}
