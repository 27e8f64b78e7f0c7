using System.Globalization;
using Andi.ChangeEvents;
using Andi.Ingestor.Ledger;
using Andi.IntegrationTests.Pipeline.Substitutes;
using Andi.Warehouse.Client;
using Confluent.Kafka;

namespace Andi.IntegrationTests.Pipeline;

public sealed class ExactIngestTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";
    private static readonly string[] Landed = ["id", "toInt64(amount * 100)", "note"];
    private static readonly string[] Source = ["id", "(amount * 100)::bigint", "note"];

    [Fact]
    public async Task Truncate_takes_back_every_row_that_stood_and_none_twice()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync(); // so that the rows come as changes, not with the snapshot

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'a' || i, i, NULL FROM generate_series(1, 300) AS i");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET note = 'changed' WHERE amount < 100");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET id = 'moved' || id WHERE amount BETWEEN 50 AND 150");
        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE amount > 250");
        await pipeline.ExecuteAsync($"TRUNCATE {pipeline.Table}");
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe("");
        (await pipeline.LandedAsync("toInt64(sum(_sign))")).ShouldBe(0);

        await pipeline.ExecuteAsync($"""
            BEGIN;
            INSERT INTO {pipeline.Table} VALUES ('gone', 1, NULL);
            TRUNCATE {pipeline.Table};
            INSERT INTO {pipeline.Table} VALUES ('stays', 2, NULL), ('a1', 3, NULL);
            COMMIT
            """);
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        (await pipeline.StandingRowsAsync("id")).ShouldBe("a1\nstays");
    }

    [Fact]
    public async Task Truncate_takes_back_a_row_that_came_again_after_a_dead_letter_of_the_same_values()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, "id String, amount Decimal(4, 2), note Nullable(String)");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync(); // so that the rows come as changes, not with the snapshot
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('same', 1000, NULL)");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = 5");
        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table}");
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('same', 5, NULL)");
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.LandedAsync("toInt64(sum(_sign))")).ShouldBe(0, "the update that brought it the first time is a dead letter");

        await pipeline.ExecuteAsync($"TRUNCATE {pipeline.Table}");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.LandedAsync("toInt64(sum(_sign))")).ShouldBe(0);
        (await pipeline.LandedAsync("toInt64(argMax(_sign, (_position, _sign)))")).ShouldBe(-1, "the newest row is what facts show");
    }

    [Fact]
    public async Task Dead_letter_is_ingested_once_after_the_landing_table_is_mended()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, "id String, amount Decimal(4, 2), note Nullable(String)");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('large', 1000, NULL), ('small', 1, NULL)");
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync("id")).ShouldBe("small");

        await pipeline.Warehouse.ExecuteAsync(
            new ClickHouseStatement($"ALTER TABLE {pipeline.LandingTable} MODIFY COLUMN amount Decimal(9, 2)"), TestContext.Current.CancellationToken);
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET note = 'known by now' WHERE id = 'small'");
        await PipelineUnderTest.WaitAsync("the replay to be taken in", async () =>
        {
            // Sent again and again: until the new shape is noticed it fails again, and after it succeeded it must be dropped.
            await pipeline.ReplayDeadLettersAsync();
            return await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters WHERE replayed_at IS NOT NULL") == 1;
        });
        await pipeline.ReplayDeadLettersAsync();
        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE id = 'small'");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        (await pipeline.LandedAsync("countIf(id = 'large')")).ShouldBe(1);
        (await pipeline.LedgerAsync<long>("SELECT count(*) FROM dead_letters")).ShouldBe(1);
    }

    [Fact]
    public async Task Column_that_gets_a_home_is_used_without_a_restart()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.ExecuteAsync($"ALTER TABLE {pipeline.Table} ADD COLUMN colour text");
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('early', 1, NULL, 'red')");
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync("id", "_unmapped")).ShouldBe("""early|{"colour":"red"}""");

        await pipeline.Warehouse.ExecuteAsync(
            new ClickHouseStatement($"ALTER TABLE {pipeline.LandingTable} ADD COLUMN colour Nullable(String)"), TestContext.Current.CancellationToken);
        var sent = 0;
        await PipelineUnderTest.WaitAsync("the new column to be filled", async () =>
        {
            sent++;
            await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('late{sent}', 1, NULL, 'blue')");
            await pipeline.WaitUntilAppliedAsync();
            return await pipeline.LandedAsync("toInt64(countIf(colour = 'blue' AND _unmapped = ''))") > 0;
        });

        (await pipeline.LandedAsync("""toInt64(countIf(colour = 'blue' OR _unmapped = '{"colour":"blue"}'))""")).ShouldBe(sent);
    }

    [Fact]
    public async Task Rows_of_an_ingestor_that_lost_its_partition_are_refused_however_late_they_come()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        var first = await pipeline.StartIngestorAsync();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'a' || i, i, NULL FROM generate_series(1, 100) AS i");
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(first);
        await pipeline.StartIngestorAsync();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'b' || i, i, NULL FROM generate_series(1, 100) AS i");
        await pipeline.WaitUntilAppliedAsync();

        var late = await Should.ThrowAsync<ClickHouseException>(() => InsertAsync(pipeline, fence: 1));

        late.Name.ShouldBe("VIOLATED_CONSTRAINT");
        (await pipeline.LandedAsync("toInt64(count())")).ShouldBe(200);
        await InsertAsync(pipeline, fence: await pipeline.LedgerAsync<long>("SELECT max(fence) FROM partitions"));
        // Tokens count anew in the next generation, whose rows are in the same table.
        await InsertAsync(pipeline, fence: 1, generation: 2);
    }

    [Fact]
    public async Task Partition_that_failed_while_the_group_changed_is_read_on()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        var isBroken = true;
        await pipeline.StartIngestorAsync(
            substitute: services => services.Wrap<IPartitionLedger>((sound, _) => new FailsWhile(sound, () => Volatile.Read(ref isBroken))));
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'a' || i, i, NULL FROM generate_series(1, 100) AS i");
        await PipelineUnderTest.WaitAsync("both partitions to fail", async () =>
            await pipeline.LedgerAsync<long>("SELECT count(*) FROM partitions WHERE fence > 1") == 2);

        await pipeline.StartIngestorAsync();
        await PipelineUnderTest.WaitAsync("the other ingestor to apply its share", async () =>
            await pipeline.LedgerAsync<long>("SELECT count(*) FROM partitions WHERE applied_offset > 0") == 1);
        Volatile.Write(ref isBroken, false);
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
    }

    private static async Task InsertAsync(PipelineUnderTest pipeline, long fence, int generation = 1) => await pipeline.Warehouse.ExecuteAsync(
        new ClickHouseStatement(
            $"INSERT INTO {pipeline.LandingTable} (id, _sign, _generation, _partition, _fence) "
            + $"SELECT 'late', 1, {generation}, number, {fence.ToString(CultureInfo.InvariantCulture)} FROM numbers(2)"),
        TestContext.Current.CancellationToken);
}
