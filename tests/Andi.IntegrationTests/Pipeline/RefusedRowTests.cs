using Andi.Ingestor.Ledger;
using Andi.IntegrationTests.Pipeline.Substitutes;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Pipeline;

/// <summary>
/// Rows that ClickHouse refuses for what they contain. Kind: one bad row holds its partition, and all readers, for ever (ClickHouse's Kafka engine stalls in
/// the same way, as its users report: ClickHouse/ClickHouse#49806 and others).
/// </summary>
public sealed class RefusedRowTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = """
        id String, amount Decimal(9, 2), note Nullable(String),
        CONSTRAINT amounts_are_small CHECK amount BETWEEN 0 AND 100,
        CONSTRAINT notes_are_short CHECK length(note) < 20
        """;

    private static readonly string[] Landed = ["id", "toInt64(amount * 100)", "note"];
    private static readonly string[] Source = ["id", "(amount * 100)::bigint", "note"];

    [Fact]
    public async Task Rows_that_violate_constraints_become_dead_letters_and_all_others_land_once()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"""
            INSERT INTO {pipeline.Table}
            SELECT 'old' || i, i, CASE WHEN i = 7 THEN 'a note that is too long' ELSE '' END FROM generate_series(1, 110) AS i
            """);
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.ExecuteAsync($"""
            UPDATE {pipeline.Table} SET amount = amount + 50 WHERE id IN ('old1', 'old60');
            DELETE FROM {pipeline.Table} WHERE id = 'old2'
            """);
        await pipeline.WaitUntilAppliedAsync();

        // Of the snapshot 101 to 110 are too large, and one has too long a note; of the stream the update to 110 is.
        (await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters WHERE reason LIKE '%amounts_are_small%'")).ShouldBe(11);
        (await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters WHERE reason LIKE '%notes_are_short%'")).ShouldBe(1);
        (await pipeline.LandedAsync("toInt64(sum(_sign))")).ShouldBe(98);
        (await pipeline.LandedAsync("toInt64(sum(_sign * amount))")).ShouldBe((100 * 101 / 2) - 7 - 2 + 50);

        foreach (var constraint in (string[])["amounts_are_small", "notes_are_short"])
        {
            await pipeline.Warehouse.ExecuteAsync(
                new ClickHouseStatement($"ALTER TABLE {pipeline.LandingTable} DROP CONSTRAINT {constraint}"), TestContext.Current.CancellationToken);
        }

        await pipeline.ReplayDeadLettersAsync();
        await PipelineUnderTest.WaitAsync(
            "the replays to be taken in", async () => await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters WHERE replayed_at IS NULL") == 0);
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
    }

    [Fact]
    public async Task Constraint_that_comes_behind_rows_of_a_pending_batch_calls_none_of_them_a_dead_letter()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, "id String, amount Decimal(9, 2), note Nullable(String)");
        LosesFirstConfirmation? ledger = null;
        await pipeline.StartRelayAsync();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('large', 1000, NULL)");
        await pipeline.StartIngestorAsync(substitute: services => services.Wrap<IPartitionLedger>((inner, _) => ledger = new LosesFirstConfirmation(
            inner,
            () => pipeline.Warehouse.ExecuteAsync(
                new ClickHouseStatement($"ALTER TABLE {pipeline.LandingTable} ADD CONSTRAINT amounts_are_small CHECK amount < 100"), CancellationToken.None))));
        await PipelineUnderTest.WaitAsync("the confirmation to be lost", () => Task.FromResult(ledger?.HasLostIt == true));
        await PipelineUnderTest.WaitAsync(
            "the batch to be tried again and again",
            async () => await pipeline.LedgerAsync<bool>("SELECT bool_or(fence > 3 AND pending_first IS NOT NULL) FROM partitions"));
        (await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters")).ShouldBe(0);
        await pipeline.Warehouse.ExecuteAsync(
            new ClickHouseStatement($"ALTER TABLE {pipeline.LandingTable} DROP CONSTRAINT amounts_are_small"), TestContext.Current.CancellationToken);
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
    }

    /// <summary>Kind: a column that is renamed turns into empty values, until it is renamed back.</summary>
    [Fact]
    public async Task Rows_without_a_renamed_column_are_dead_letters_until_the_table_is_sent_anew()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, "id String, amount Decimal(9, 2), note Nullable(String)");
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i, 'noted' FROM generate_series(1, 20) AS i");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.ExecuteAsync($"ALTER TABLE {pipeline.Table} RENAME COLUMN note TO remark");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET remark = 'changed' WHERE id LIKE 'old1%'");
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters WHERE reason LIKE '%no column note%'")).ShouldBe(11);
        (await pipeline.LandedAsync("toInt64(sum(_sign * (note = 'noted')))")).ShouldBe(20);

        await pipeline.ExecuteAsync($"""
            ALTER TABLE {pipeline.Table} RENAME COLUMN remark TO note;
            ALTER PUBLICATION andi DROP TABLE {pipeline.Table};
            ALTER PUBLICATION andi ADD TABLE {pipeline.Table}
            """);
        await pipeline.WaitUntilAppliedAsync();
        await PipelineUnderTest.WaitAsync(
            "the dead letters to be settled", async () => await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters WHERE replayed_at IS NULL") == 0);
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
    }
}
