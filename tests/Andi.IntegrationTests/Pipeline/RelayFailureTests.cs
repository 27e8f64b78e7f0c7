namespace Andi.IntegrationTests.Pipeline;

public sealed class RelayFailureTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";

    [Fact]
    public async Task Relay_that_fails_while_it_waits_for_WAL_says_why_and_goes_on_in_the_same_process()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartIngestorAsync();

        // No marks in the WAL, so that it waits for a message whenever it looks at the publication, once a second.
        await using var relay = await pipeline.StartRelayProcessAsync(("ChangeCapture:IdlePulseInterval", "00:10:00"));
        await WaitForHealthAsync(relay, "Relaying generation 1.");

        for (var round = 1; round <= 3; round++)
        {
            // It finds that the table is not sent whole, and cannot note it.
            await pipeline.ExecuteAsync($"ALTER TABLE andi.captured_tables RENAME TO hidden; ALTER TABLE {pipeline.Table} REPLICA IDENTITY DEFAULT");
            await WaitForHealthAsync(relay, "captured_tables");
            await pipeline.ExecuteAsync($"ALTER TABLE {pipeline.Table} REPLICA IDENTITY FULL; ALTER TABLE andi.hidden RENAME TO captured_tables");
            await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('{round}', {round}, NULL)");
            await PipelineUnderTest.WaitAsync("the row", async () => await pipeline.LandedAsync("toInt64(sum(_sign))") == round);
            await WaitForHealthAsync(relay, "Relaying generation 1.");
        }

        (await pipeline.StandingRowsAsync("id")).ShouldBe("1\n2\n3");
        relay.HasExited.ShouldBeFalse();
        Lines(relay, "restarting in").ShouldBe(
            Lines(relay, "Exception (0x80004005): 42P01: relation \"andi.captured_tables\""), "nothing else failed in its train");
    }

    private static int Lines(OltpProcess relay, string text) => relay.Output.Count(line => line.Contains(text, StringComparison.Ordinal));

    private static Task WaitForHealthAsync(OltpProcess relay, string text) => PipelineUnderTest.WaitAsync(
        $"the relay to say: {text}",
        async () => (await relay.HealthAsync("change-relay", TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal));
}
