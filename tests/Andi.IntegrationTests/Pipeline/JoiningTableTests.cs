namespace Andi.IntegrationTests.Pipeline;

public sealed class JoiningTableTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";
    private static readonly string[] Landed = ["id", "toInt64(amount * 100)", "note"];
    private static readonly string[] Source = ["id", "(amount * 100)::bigint", "note"];

    [Fact]
    public async Task Table_that_joins_the_publication_later_comes_with_its_rows_while_writes_go_on()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        var (first, second) = await WithTwoTablesAsync(pipeline, rows: 3000);
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        using var stop = new CancellationTokenSource();
        var writes = WriteAsync(pipeline, [first, second], stop.Token);
        await WaitForWritesAsync(pipeline, second, 20);
        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi ADD TABLE {second}");
        await WaitForJoinAsync(pipeline, second);
        await WaitForWritesAsync(pipeline, second, 20);
        await stop.CancelAsync();
        await writes;

        await ShouldBeEqualAsync(pipeline, first);
        await ShouldBeEqualAsync(pipeline, second);
    }

    [Fact]
    public async Task Interrupted_snapshot_of_a_table_is_taken_again_and_nothing_counts_twice()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        var (first, second) = await WithTwoTablesAsync(pipeline, rows: 20_000);
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi ADD TABLE {second}");
        await PipelineUnderTest.WaitAsync(
            "the table's snapshot to begin",
            () => pipeline.SourceAsync<bool>($"SELECT EXISTS (SELECT FROM andi.captured_tables WHERE \"table\" = '{second}')"));
        await pipeline.StopAsync(relay);

        // However far it came: nothing says any more that it was whole.
        await pipeline.ExecuteAsync("UPDATE andi.captured_tables SET completed_at = NULL WHERE \"table\" LIKE 'late%'");
        await pipeline.ExecuteAsync($"UPDATE {second} SET amount = amount + 1 WHERE id LIKE '%1'; DELETE FROM {second} WHERE id LIKE '%2'");
        await pipeline.StartRelayAsync();
        await WaitForJoinAsync(pipeline, second);
        await pipeline.ExecuteAsync($"UPDATE {second} SET note = 'after' WHERE id LIKE '%3'");

        await ShouldBeEqualAsync(pipeline, first);
        await ShouldBeEqualAsync(pipeline, second);
    }

    [Fact]
    public async Task Table_that_is_out_holds_no_other_back_and_comes_back_with_what_happened_meanwhile()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        var (first, second) = await WithTwoTablesAsync(pipeline, rows: 200);
        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi ADD TABLE {second}");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await ShouldBeEqualAsync(pipeline, second);

        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi DROP TABLE {second}");
        await WaitForNoteAsync(pipeline, second, "flaw");
        await pipeline.ExecuteAsync($"DELETE FROM {second} WHERE id LIKE '%1'; INSERT INTO {second} VALUES ('unseen', 1, NULL)");
        await pipeline.ExecuteAsync($"INSERT INTO {first} VALUES ('meanwhile', 1, NULL)");
        await ShouldBeEqualAsync(pipeline, first);
        pipeline.Table = second;
        (await pipeline.StandingRowsAsync(Landed)).ShouldNotContain("unseen");

        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi ADD TABLE {second}");
        await WaitForJoinAsync(pipeline, second);
        await ShouldBeEqualAsync(pipeline, second);
    }

    [Fact]
    public async Task Table_that_is_dropped_holds_no_positions_back()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        var (_, second) = await WithTwoTablesAsync(pipeline, rows: 200);
        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi ADD TABLE {second}");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await ShouldBeEqualAsync(pipeline, second);
        var standing = await pipeline.StandingRowsAsync(Landed);

        await pipeline.ExecuteAsync($"DROP TABLE {second}");
        await WaitForNoteAsync(pipeline, second, "left_at");

        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(standing);
    }

    [Fact]
    public async Task Table_that_was_out_for_an_instant_is_taken_in_anew()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        var (_, second) = await WithTwoTablesAsync(pipeline, rows: 200);
        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi ADD TABLE {second}");
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await ShouldBeEqualAsync(pipeline, second);
        await pipeline.StopAsync(relay);

        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi DROP TABLE {second}");
        await pipeline.ExecuteAsync($"UPDATE {second} SET amount = amount + 1");
        await pipeline.ExecuteAsync($"ALTER PUBLICATION andi ADD TABLE {second}");
        await pipeline.ExecuteAsync($"DELETE FROM {second} WHERE id LIKE '%1'");
        await pipeline.StartRelayAsync();
        await PipelineUnderTest.WaitAsync(
            "the table to be taken in anew",
            () => pipeline.SourceAsync<bool>($"SELECT count(DISTINCT since_lsn) = 2 AND count(completed_at) = 2 FROM andi.captured_tables"));

        await ShouldBeEqualAsync(pipeline, second);
    }

    private static async Task<(string First, string Second)> WithTwoTablesAsync(PipelineUnderTest pipeline, int rows)
    {
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        var second = pipeline.Table.Replace("things", "late", StringComparison.Ordinal);
        await pipeline.CreateTableAsync(second, PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {second} SELECT 'old' || i, i / 8.0, NULL FROM generate_series(1, {rows}) AS i");
        return (pipeline.Table, second);
    }

    /// <summary>Inserts, updates, removes and moves keys, in both tables within each transaction, until stopped.</summary>
    private static async Task WriteAsync(PipelineUnderTest pipeline, string[] tables, CancellationToken stop)
    {
        for (var round = 1; !stop.IsCancellationRequested; round++)
        {
            await pipeline.ExecuteAsync(string.Concat(tables.Select(table => $"""
                INSERT INTO {table} SELECT 'new{round}-' || i, i, 'n' FROM generate_series(1, 10) AS i;
                UPDATE {table} SET amount = amount + 0.25 WHERE id LIKE '%{round % 10}';
                UPDATE {table} SET id = id || 'x' WHERE id LIKE 'new{round - 1}-%5';
                DELETE FROM {table} WHERE id LIKE 'new{round - 2}-%';
                """)));
        }
    }

    private static async Task WaitForWritesAsync(PipelineUnderTest pipeline, string table, int rounds)
    {
        var last = await pipeline.SourceAsync<long>("SELECT pg_current_xact_id()::text::bigint");
        await PipelineUnderTest.WaitAsync(
            $"writes to {table}",
            async () => await pipeline.SourceAsync<long>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint") >= last + rounds);
    }

    private static Task WaitForJoinAsync(PipelineUnderTest pipeline, string table) => PipelineUnderTest.WaitAsync(
        $"{table} to be let in",
        () => pipeline.SourceAsync<bool>($"SELECT EXISTS (SELECT FROM andi.captured_tables WHERE \"table\" = '{table}' AND completed_at IS NOT NULL)"));

    private static Task WaitForNoteAsync(PipelineUnderTest pipeline, string table, string column) => PipelineUnderTest.WaitAsync(
        $"the relay to note {column} of {table}",
        () => pipeline.SourceAsync<bool>($"SELECT {column} IS NOT NULL FROM andi.captured_tables WHERE \"table\" = '{table}'"));

    private static async Task ShouldBeEqualAsync(PipelineUnderTest pipeline, string table)
    {
        pipeline.Table = table;
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source), table);
        var inPartitions = await pipeline.StandingRowsAsync(["_partition", .. Landed]);
        inPartitions.Split('\n').Length.ShouldBe((await pipeline.SourceRowsAsync(Source)).Split('\n').Length, "each partition on its own");
    }
}
