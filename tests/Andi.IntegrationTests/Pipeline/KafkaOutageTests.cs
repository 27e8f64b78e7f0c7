using Andi.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.IntegrationTests.Pipeline;

[Collection(AloneCollection.Name)]
public sealed class KafkaOutageTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";

    [Fact]
    [Trait("Category", "Long")]
    public async Task While_Kafka_is_down_writes_go_on_and_afterwards_nothing_is_missing_or_twice()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync(maxBatchRows: 10_000);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'before' || i, i, NULL FROM generate_series(1, 20000) AS i");
        await PipelineUnderTest.WaitAsync("the first rows", async () => await pipeline.LandedAsync("toInt64(count())") > 0);

        // In the middle of something, and for more than the producer's queue holds (64 MiB).
        await engines.Processes.KillAsync(ResourceNames.KafkaBroker);
        try
        {
            await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'during' || i, i, repeat('x', 4000) FROM generate_series(1, 20000) AS i");
            await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 1 WHERE id LIKE '%7'");
            var health = relay.Services.GetRequiredService<HealthCheckService>();
            await PipelineUnderTest.WaitAsync("the relay to tell of it", async () =>
                (await health.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["change-relay"] is { Status: HealthStatus.Degraded } report
                && report.Description!.Contains("Kafka has not answered", StringComparison.Ordinal));
            await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE id LIKE '%3'");
        }
        finally
        {
            await engines.Processes.StartAsync(ResourceNames.KafkaBroker, CancellationToken.None);
        }

        await pipeline.WaitUntilAppliedAsync(patience: TimeSpan.FromMinutes(1));
        (await pipeline.StandingRowsAsync("id", "toInt64(amount * 100)", "lower(hex(MD5(ifNull(note, ''))))"))
            .ShouldBe(await pipeline.SourceRowsAsync("id", "(amount * 100)::bigint", "md5(coalesce(note, ''))"));
        (await pipeline.LandedAsync("toInt64(count() - uniqExact(_position, _sign))")).ShouldBe(0);
        (await pipeline.SourceAsync<string>("SELECT string_agg(generation || ' ' || state, ', ') FROM andi.generations")).ShouldBe("1 streaming");
    }
}
