using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.IntegrationTests.Pipeline;

public sealed class RelayEnduranceTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";
    private static readonly string[] Landed = ["id", "toInt64(amount * 100)", "note"];
    private static readonly string[] Source = ["id", "(amount * 100)::bigint", "note"];

    [Fact]
    public async Task A_stalled_relay_loses_its_slot_within_ten_seconds_and_counts_nothing_twice_when_it_wakes()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await using var first = pipeline.StartRelayProcess();
        await PipelineUnderTest.WaitAsync("the first relay", () => pipeline.SourceAsync<bool>(Active(pipeline)));
        await pipeline.StartIngestorAsync();
        await pipeline.StartRelayAsync();
        await pipeline.WaitUntilAppliedAsync();

        // In the middle of something: what is in its queue it will send when it wakes.
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'a' || i, i, NULL FROM generate_series(1, 30000) AS i");
        await PipelineUnderTest.WaitAsync("the first rows", async () => await pipeline.LandedAsync("toInt64(count())") > 0);
        first.Stall();
        var stalled = Stopwatch.StartNew();
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 1 WHERE id LIKE '%7'");
        await PipelineUnderTest.WaitAsync("the other relay to stream", () => pipeline.SourceAsync<bool>(
            $"SELECT EXISTS (SELECT FROM pg_stat_replication r JOIN pg_replication_slots s ON s.active_pid = r.pid WHERE s.slot_name = '{pipeline.Slot}' AND r.backend_start > now() - interval '11 s')"));
        stalled.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));

        first.Wake();
        for (var round = 0; round < 20; round++)
        {
            await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET note = 'round {round}' WHERE id LIKE '%{round}3'");
            await pipeline.WaitUntilAppliedAsync();
        }

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        (await pipeline.LandedAsync("toInt64(count() - uniqExact(_position, _sign))")).ShouldBe(0);
        (await pipeline.SourceAsync<long>("SELECT count(*) FROM andi.generations")).ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_of_a_million_rows_passes_in_bounded_memory()
    {
        const int rows = 1_000_000;
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await using var relay = pipeline.StartRelayProcess();
        await PipelineUnderTest.WaitAsync("the relay", () => pipeline.SourceAsync<bool>(Active(pipeline)));
        await pipeline.StartIngestorAsync(maxBatchRows: 50_000);
        await pipeline.WaitUntilAppliedAsync();
        var before = relay.PeakResidentMiB;

        var clock = Stopwatch.StartNew();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT i::text, i % 1000, 'some note ' || i FROM generate_series(1, {rows}) AS i");
        await pipeline.WaitUntilAppliedAsync(patience: TimeSpan.FromMinutes(4));
        Console.WriteLine($"relay: {before} MiB before, {relay.PeakResidentMiB} MiB at most; {rows} rows in {clock.Elapsed}");

        (await pipeline.LandedAsync("toInt64(count())")).ShouldBe(rows);
        (await pipeline.LandedAsync("toInt64(uniqExact(_position))")).ShouldBe(rows);
        (await pipeline.LandedAsync("sum(amount)")).ShouldBe(await pipeline.SourceAsync<decimal>($"SELECT sum(amount) FROM {pipeline.Table}"));
        relay.PeakResidentMiB.ShouldBeLessThan(450, "a million rows of some 300 bytes of JSON each would not fit; the queue to Kafka, 64 MB, does");
    }

    [Fact]
    public async Task An_event_that_Kafka_would_refuse_stops_the_relay_and_names_the_row()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('large', 1, repeat('x', 9900000))");
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.LandedAsync("toInt64(max(length(note)))")).ShouldBe(9_900_000);

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('too large', 1, repeat('x', 10000000))");
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('behind', 1, NULL)");
        var health = relay.Services.GetRequiredService<HealthCheckService>();
        var text = "";
        await PipelineUnderTest.WaitAsync("the relay to fail", async () =>
        {
            var report = (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["change-relay"];
            text = report.Description ?? "";
            return report.Status == HealthStatus.Unhealthy && text.Contains("bytes", StringComparison.Ordinal);
        });
        text.ShouldContain(pipeline.Topic);
        text.ShouldContain("too large");
        text.ShouldContain("10000");
        (await pipeline.LandedAsync("toInt64(countIf(id = 'behind'))")).ShouldBe(0);
        (await pipeline.SourceAsync<long>("SELECT count(*) FROM andi.generations")).ShouldBe(1);
    }

    [Fact]
    public async Task The_lag_of_the_slot_is_in_the_health_check()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        var relay = await pipeline.StartRelayAsync();
        var health = relay.Services.GetRequiredService<HealthCheckService>();

        await PipelineUnderTest.WaitAsync("the slot to be reported", async () =>
            (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["replication-slots"] is { Status: HealthStatus.Healthy } entry
            && entry.Data.TryGetValue(pipeline.Slot, out var slot) && slot is Dictionary<string, object> values && values["walStatus"] is "reserved" or "extended");
    }

    private static string Active(PipelineUnderTest pipeline) =>
        $"SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{pipeline.Slot}' AND active)";
}
