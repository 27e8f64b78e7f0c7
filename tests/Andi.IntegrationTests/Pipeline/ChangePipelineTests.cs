using System.Text;
using Confluent.Kafka;

namespace Andi.IntegrationTests.Pipeline;

public sealed class ChangePipelineTests(EnginesFixture engines)
{
    private static readonly string[] Landed = ["id", "toInt64(amount * 100)", "note"];
    private static readonly string[] Source = ["id", "(amount * 100)::bigint", "note"];
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";

    [Fact]
    public async Task Rows_from_before_the_slot_and_every_change_after_it_land_once()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i, NULL FROM generate_series(1, 500) AS i");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'new' || i, i / 7.0, 'Zoë \"' || i FROM generate_series(1, 3000) AS i");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 0.5, note = 'changed' WHERE amount > 200");
        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE id LIKE '%7'");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        (await pipeline.LandedAsync("sum(_sign * amount)")).ShouldBe(await pipeline.SourceAsync<decimal>($"SELECT sum(amount) FROM {pipeline.Table}"));
        (await pipeline.LandedAsync("toInt64(count() - uniqExact(_position, _sign))")).ShouldBe(0);
    }

    [Fact]
    public async Task Changed_primary_key_retracts_the_row_under_the_old_one()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();

        // Forty rows: some of the new keys lead to the other partition, some do not.
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'a' || i, i, 'x' FROM generate_series(1, 40) AS i");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET id = 'b' || id, amount = amount + 1");
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET note = 'y' WHERE id LIKE '%7'");
        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE id LIKE '%3'");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        (await pipeline.StandingRowsAsync(["_partition", .. Landed])).Split('\n').Length.ShouldBe(36, "each partition on its own takes back only what it held");
        (await pipeline.LandedAsync("toInt64(uniqExact(_partition))")).ShouldBe(2);
        (await pipeline.LandedAsync("toInt64(count() - uniqExact(_position, _sign))")).ShouldBe(0);
    }

    [Fact]
    public async Task Every_type_in_use_arrives_with_its_value()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(
            "id bigint PRIMARY KEY, flag boolean, at timestamptz, day date, small smallint, real8 double precision, doc jsonb, long_text text",
            "id Int64, flag Nullable(Bool), at Nullable(DateTime64(6, 'UTC')), day Nullable(Date32), small Nullable(Int16), real8 Nullable(Float64), "
            + "doc Map(LowCardinality(String), Decimal(5, 2)), long_text String");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();

        // Long enough for TOAST, and incompressible; the update leaves it alone, so that the WAL does not repeat it.
        await pipeline.ExecuteAsync($"""
            INSERT INTO {pipeline.Table} VALUES
                (1, true, '2026-05-01 10:00:00.123456+02', '1931-02-28', -7, 0.1, '{"{\"math\": 80.5, \"art\": 3}"}',
                 (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400) AS i)),
                (2, NULL, NULL, NULL, NULL, NULL, NULL, '');
            UPDATE {pipeline.Table} SET flag = false WHERE id = 1;
            """);
        await pipeline.WaitUntilAppliedAsync();

        var landed = await pipeline.StandingRowsAsync(
            "id", "flag", "toUnixTimestamp64Micro(assumeNotNull(at))", "day", "small", "real8", "doc['math']", "doc['art']", "length(long_text)",
            "lower(hex(MD5(long_text)))");
        var md5 = await pipeline.SourceAsync<string>($"SELECT md5(long_text) FROM {pipeline.Table} WHERE id = 1");
        landed.Split('\n')[0].ShouldBe($"1|false|1777622400123456|1931-02-28|-7|0.1|80.5|3|12800|{md5}");
        landed.Split('\n')[1].ShouldStartWith("2|");
        (await pipeline.LandedAsync("countIf(isNull(flag) AND isNull(at) AND isNull(day) AND isNull(small) AND isNull(real8) AND empty(doc) AND id = 2)"))
            .ShouldBe(1);
    }

    [Fact]
    public async Task Composite_key_that_changes_keeps_the_long_value_that_the_update_left_alone()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(
            "district int, code text, essay text, points int NULL, PRIMARY KEY (district, code)",
            "district Int32, code String, essay String, points Nullable(Int32)");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();

        await pipeline.ExecuteAsync($"""
            INSERT INTO {pipeline.Table}
            SELECT i % 5, 'c' || i, (SELECT string_agg(md5((i * 1000 + j)::text), '') FROM generate_series(1, 400) AS j), NULLIF(i % 3, 0)
            FROM generate_series(1, 30) AS i;
            UPDATE {pipeline.Table} SET district = district + 10 WHERE code LIKE '%1';
            UPDATE {pipeline.Table} SET code = code || 'x', points = NULL WHERE code LIKE '%2';
            UPDATE {pipeline.Table} SET points = coalesce(points, 0) + 1 WHERE code LIKE '%3';
            DELETE FROM {pipeline.Table} WHERE code LIKE '%4';
            """);
        await pipeline.WaitUntilAppliedAsync();

        string[] landed = ["district", "code", "lower(hex(MD5(essay)))", "points"];
        var source = await pipeline.SourceRowsAsync("district", "code", "md5(essay)", "points");
        (await pipeline.StandingRowsAsync(landed)).ShouldBe(source);
        (await pipeline.StandingRowsAsync(["_partition", .. landed])).Split('\n').Length.ShouldBe(source.Split('\n').Length);
    }

    [Fact]
    public async Task Truncate_takes_every_row_back()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();

        await pipeline.ExecuteAsync(
            $"INSERT INTO {pipeline.Table} SELECT 'a' || i, i, NULL FROM generate_series(1, 50) AS i; DELETE FROM {pipeline.Table} WHERE id LIKE '%1'");
        await pipeline.ExecuteAsync($"""
            BEGIN;
            INSERT INTO {pipeline.Table} VALUES ('gone', 1, NULL);
            TRUNCATE {pipeline.Table};
            INSERT INTO {pipeline.Table} VALUES ('stays', 1, NULL), ('a2', 2, 'again');
            COMMIT
            """);
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe("a2|200|again\nstays|100|");
        (await pipeline.LandedAsync("toInt64(sum(_sign))")).ShouldBe(2);
    }

    [Fact]
    public async Task Relay_that_was_away_goes_on_where_it_stopped()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartIngestorAsync();
        for (var round = 1; round <= 3; round++)
        {
            var relay = await pipeline.StartRelayAsync();
            await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT '{round}-' || i, {round}, NULL FROM generate_series(1, 200) AS i");
            await pipeline.WaitUntilAppliedAsync();
            await pipeline.StopAsync(relay);
            await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 1");
        }

        await pipeline.StartRelayAsync();
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        (await pipeline.LandedAsync("toInt64(max(_generation))")).ShouldBe(1);
    }

    [Fact]
    public async Task Ingestor_that_stops_in_the_middle_leaves_nothing_out_and_nothing_twice()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        for (var round = 1; round <= 3; round++)
        {
            var ingestor = await pipeline.StartIngestorAsync();
            await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT '{round}-' || i, {round}, NULL FROM generate_series(1, 20000) AS i");
            await PipelineUnderTest.WaitAsync(
                "the ingestor to be in the middle", async () => await pipeline.LandedAsync("toInt64(count())") > (round - 1) * 20000);
            await pipeline.StopAsync(ingestor);
        }

        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.LandedAsync("toInt64(sum(_sign))")).ShouldBe(60000);
        (await pipeline.LandedAsync("toInt64(uniqExact(_position))")).ShouldBe(60000);
    }

    [Fact]
    public async Task Second_relay_waits_for_the_slot_and_takes_over()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartIngestorAsync();
        var first = await pipeline.StartRelayAsync();
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StartRelayAsync();
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('with both', 1, NULL)");
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.StopAsync(first);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('with the second', 2, NULL)");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
    }

    [Fact]
    public async Task Message_that_is_no_event_goes_to_the_dead_letters_and_the_partition_goes_on()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        using (var producer = engines.KafkaProducer<byte[], byte[]>())
        {
            foreach (var partition in new[] { 0, 1 })
            {
                var to = new TopicPartition(pipeline.Topic, partition);
                await producer.ProduceAsync(to, new() { Key = "k"u8.ToArray(), Value = "no JSON"u8.ToArray() }, TestContext.Current.CancellationToken);
                await producer.ProduceAsync(to, new() { Key = "k"u8.ToArray() }, TestContext.Current.CancellationToken);
            }
        }

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'after' || i, i, NULL FROM generate_series(1, 50) AS i");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        var letters = DeadLettersOf(pipeline, 4);
        letters.Count(letter => letter.Contains(Convert.ToBase64String("no JSON"u8), StringComparison.Ordinal)).ShouldBe(2);
        letters.ShouldAllBe(letter => letter.Contains(pipeline.Topic) && letter.Contains("reason"));
    }

    [Fact]
    public async Task Column_without_a_home_is_kept_as_unmapped_and_a_value_that_does_not_fit_is_a_dead_letter()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns + ", colour text, size int", "id String, amount Decimal(4, 2), note Nullable(String)");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();

        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ('a', 1, NULL, 'red', 7), ('too large', 100, NULL, NULL, NULL)");
        await pipeline.WaitUntilAppliedAsync();

        (await pipeline.StandingRowsAsync("id", "_unmapped")).ShouldBe("""a|{"colour":"red","size":7}""");
        DeadLettersOf(pipeline, 1).ShouldHaveSingleItem().ShouldContain("amount");
    }

    private List<string> DeadLettersOf(PipelineUnderTest pipeline, int count)
    {
        using var consumer = engines.KafkaConsumer<byte[], byte[]>();
        consumer.Assign(Enumerable.Range(0, 2).Select(partition => new TopicPartitionOffset(pipeline.DeadLetterTopic, partition, Offset.Beginning)));
        var letters = new List<string>();
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (letters.Count < count && DateTime.UtcNow < deadline)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } letter)
            {
                letters.Add(Encoding.UTF8.GetString(letter.Message.Value));
            }
        }

        letters.Count.ShouldBe(count);
        return letters;
    }
}
