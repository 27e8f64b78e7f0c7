using Npgsql;

namespace Andi.IntegrationTests.Pipeline;

public sealed class GenerationTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";

    [Fact]
    public async Task Interrupted_snapshot_is_abandoned_and_the_next_generation_begins()
    {
        await using var pipeline = await WithRowsAsync();
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(relay);
        await pipeline.ExecuteAsync("UPDATE andi.generations SET state = 'snapshot', completed_at = NULL");

        await pipeline.StartRelayAsync();
        await PipelineUnderTest.WaitAsync("the second snapshot", async () => await pipeline.LandedAsync("toInt64(sumIf(_sign, _generation = 2))") == 100);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('new', 1, NULL)");
        await pipeline.WaitUntilAppliedAsync(pipeline.TopicOf(2));

        (await pipeline.LandedAsync("toInt64(sumIf(_sign, _generation = 1))")).ShouldBe(100);
        (await pipeline.LandedAsync("toInt64(sumIf(_sign, _generation = 2))")).ShouldBe(101);
        (await StatesAsync(pipeline)).ShouldBe("1 abandoned, 2 streaming");
        await PipelineUnderTest.WaitAsync("the first slot to be dropped", async () => await SlotsAsync(pipeline) == $"{pipeline.Slot}_2");
    }

    [Fact]
    public async Task Slot_that_is_gone_ends_its_generation()
    {
        await using var pipeline = await WithRowsAsync();
        var relay = await pipeline.StartRelayAsync();
        await PipelineUnderTest.WaitAsync("the stream", async () => await StatesAsync(pipeline) == "1 streaming");
        await pipeline.StopAsync(relay);
        await pipeline.ExecuteAsync($"SELECT pg_drop_replication_slot('{pipeline.Slot}')");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = 7");

        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await PipelineUnderTest.WaitAsync(
            "the second snapshot", async () => await pipeline.LandedAsync("toInt64(sumIf(_sign * amount, _generation = 2))") == 700);

        (await StatesAsync(pipeline)).ShouldBe("1 abandoned, 2 streaming");
        (await pipeline.SourceAsync<string>("SELECT reason FROM andi.generations WHERE generation = 1")).ShouldContain("slot is gone");
    }

    [Fact]
    public async Task Generation_that_is_asked_for_runs_beside_the_first_and_takes_its_place()
    {
        await using var pipeline = await WithRowsAsync();
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.ExecuteAsync("INSERT INTO andi.generations (generation, state, requested_at, reason) VALUES (2, 'requested', now(), 'asked for')");
        await PipelineUnderTest.WaitAsync("the second stream", async () => (await StatesAsync(pipeline)).EndsWith("2 streaming", StringComparison.Ordinal));
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 1");
        await pipeline.WaitUntilAppliedAsync(pipeline.TopicOf(2));
        (await pipeline.LandedAsync("toInt64(sumIf(_sign * amount, _generation = 2))"))
            .ShouldBe(await pipeline.SourceAsync<decimal>($"SELECT sum(amount) FROM {pipeline.Table}"));
        await pipeline.LedgerAsync<string>("UPDATE generations SET current_since = now() WHERE generation = 2");

        await PipelineUnderTest.WaitAsync("the first generation to retire", async () => await StatesAsync(pipeline) == "1 retired, 2 streaming");
        await PipelineUnderTest.WaitAsync("its slot to be dropped", async () => await SlotsAsync(pipeline) == $"{pipeline.Slot}_2");
        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE amount > 50");
        await pipeline.WaitUntilAppliedAsync(pipeline.TopicOf(2));
        (await pipeline.LandedAsync("toInt64(sumIf(_sign, _generation = 2))")).ShouldBe(49);
    }

    [Fact]
    public async Task Relay_that_was_stopped_goes_on_with_its_slot_and_no_new_snapshot()
    {
        await using var pipeline = await WithRowsAsync();
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(relay);
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 1");

        await pipeline.StartRelayAsync();
        await pipeline.WaitUntilAppliedAsync();

        (await StatesAsync(pipeline)).ShouldBe("1 streaming");
        (await pipeline.LandedAsync("toInt64(count())")).ShouldBe(300, "100 rows, and a retraction and a row for each update");
        (await pipeline.LandedAsync("toInt64(sum(_sign * amount))")).ShouldBe(5150);
    }

    [Fact]
    public async Task Every_partition_is_in_the_ledger_before_anything_reads_it()
    {
        await using var pipeline = await WithRowsAsync();
        await pipeline.StartRelayAsync();
        await PipelineUnderTest.WaitAsync("the stream", async () => await StatesAsync(pipeline) == "1 streaming");

        (await pipeline.LedgerAsync<string>(
            "SELECT string_agg(partition || ' ' || generation || ' ' || fence || ' ' || commit_lsn, ', ' ORDER BY partition) FROM partitions "
            + $"WHERE topic = '{pipeline.Topic}'"))
            .ShouldBe("0 1 0 0/0, 1 1 0 0/0");
    }

    private static async Task<string> StatesAsync(PipelineUnderTest pipeline)
    {
        try
        {
            return await pipeline.SourceAsync<string>(
                "SELECT coalesce(string_agg(generation || ' ' || state, ', ' ORDER BY generation), '') FROM andi.generations");
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return ""; // the relay has only just started
        }
    }

    private static Task<string> SlotsAsync(PipelineUnderTest pipeline) => pipeline.SourceAsync<string>(
        $"SELECT coalesce(string_agg(slot_name, ', ' ORDER BY slot_name), '') FROM pg_replication_slots WHERE slot_name LIKE '{pipeline.Slot}%'");

    private async Task<PipelineUnderTest> WithRowsAsync()
    {
        var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i, NULL FROM generate_series(1, 100) AS i");
        return pipeline;
    }
}
