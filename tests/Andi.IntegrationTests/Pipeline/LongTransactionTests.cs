namespace Andi.IntegrationTests.Pipeline;

[Collection(AloneCollection.Name)]
public sealed class LongTransactionTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";

    [Fact]
    [Trait("Category", "Long")]
    public async Task Transaction_passes_that_is_larger_than_the_relay_s_memory()
    {
        // Some 800 bytes of JSON each: 160 MB.
        const int rows = 200_000;
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await using var relay = await pipeline.StartRelayProcessAsync(("DOTNET_GCHeapHardLimit", "6000000")); // 96 MiB, in hexadecimal
        await pipeline.WaitUntilRelayedAsync();
        await pipeline.StartIngestorAsync(maxBatchRows: 50_000);
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT i::text, i % 1000, repeat('x', 500) FROM generate_series(1, {rows}) AS i");
        await pipeline.WaitUntilAppliedAsync(patience: TimeSpan.FromMinutes(2));

        (await pipeline.LandedAsync("toInt64(count())")).ShouldBe(rows);
        (await pipeline.LandedAsync("toInt64(uniqExact(_position))")).ShouldBe(rows);
        (await pipeline.LandedAsync("sum(amount)")).ShouldBe(await pipeline.SourceAsync<decimal>($"SELECT sum(amount) FROM {pipeline.Table}"));
        TestContext.Current.SendDiagnosticMessage("The relay had {0} MiB resident at most.", relay.PeakResidentMiB);
    }

    [Fact]
    public async Task Snapshot_waits_for_an_open_transaction_for_as_long_as_that_takes()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await using var writer = new Npgsql.NpgsqlConnection(pipeline.OltpConnection);
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        await using var open = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var insert = new Npgsql.NpgsqlCommand($"INSERT INTO {pipeline.Table} VALUES ('late', 1, NULL)", writer))
        {
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        // Every other command may take two seconds.
        await pipeline.StartRelayAsync($"{pipeline.OltpConnection};Command Timeout=2");
        await PipelineUnderTest.WaitAsync("the slot's making to last", () => pipeline.SourceAsync<bool>("""
            SELECT EXISTS (
                SELECT FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'walsender' AND state = 'active' AND clock_timestamp() - query_start > interval '4 s')
            """));
        await open.CommitAsync(TestContext.Current.CancellationToken);

        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync("id")).ShouldBe("late");
        (await pipeline.SourceAsync<string>("SELECT string_agg(generation || ' ' || state, ', ') FROM andi.generations")).ShouldBe("1 streaming");
    }
}
