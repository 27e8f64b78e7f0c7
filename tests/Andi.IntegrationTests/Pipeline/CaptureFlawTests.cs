using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.IntegrationTests.Pipeline;

/// <summary>What a database's owner can do behind the relay's back, so that PostgreSQL no longer sends every change of a table whole.</summary>
public sealed class CaptureFlawTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";
    private const string Insert = "INSERT INTO {0} VALUES ('unseen', 3, NULL)";
    private const string Update = "UPDATE {0} SET amount = amount + 1 WHERE id LIKE '%1'";
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TwoHeartbeats = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("ALTER PUBLICATION andi DROP TABLE {0}", Update)]
    [InlineData("ALTER PUBLICATION andi SET (publish = 'insert')", Update)]
    [InlineData("ALTER PUBLICATION andi SET TABLE {0} WHERE (amount > 5)", Insert)]
    [InlineData("ALTER PUBLICATION andi SET TABLE {0} (id, amount)", Insert)]
    [InlineData("ALTER TABLE {0} REPLICA IDENTITY DEFAULT", Update)]
    [InlineData("ALTER TABLE {0} ADD COLUMN twice numeric GENERATED ALWAYS AS (amount * 2) STORED", Insert)]
    [InlineData("ALTER TABLE {0} ADD COLUMN \"Twice\" numeric GENERATED ALWAYS AS (amount * 2) VIRTUAL", Insert)]
    public async Task Table_that_is_not_sent_whole_stops_its_position_names_the_remedy_and_catches_up(string flaw, string change)
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i / 8.0, NULL FROM generate_series(1, 100) AS i");
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.ExecuteAsync(Of(pipeline, flaw));
        var remedy = "";
        await PipelineUnderTest.WaitAsync("the relay to tell of it", async () => (remedy = await RemedyAsync(relay)) != "");
        var before = await pipeline.LowestPositionAsync();
        await pipeline.ExecuteAsync(Of(pipeline, change));
        await Task.Delay(TwoHeartbeats, TestContext.Current.CancellationToken);
        (await pipeline.LowestPositionAsync()).ShouldBe(before, "readers would wait for it in vain, or take old rows for new ones");

        await pipeline.ExecuteAsync(remedy);
        await ShouldBeEqualAsync(pipeline);
        await PipelineUnderTest.WaitAsync("the relay to be well", async () => await RemedyAsync(relay) == "");
        await pipeline.ExecuteAsync(Of(pipeline, "DELETE FROM {0} WHERE id LIKE '%2'"));
        await ShouldBeEqualAsync(pipeline);
    }

    [Theory]
    [InlineData("ALTER PUBLICATION andi SET (publish = 'insert')", "ALTER PUBLICATION andi SET (publish = 'insert, update, delete, truncate')")]
    [InlineData("ALTER TABLE {0} REPLICA IDENTITY DEFAULT", "ALTER TABLE {0} REPLICA IDENTITY FULL")]
    public async Task Table_that_was_not_sent_whole_while_nobody_looked_is_taken_in_anew(string flaw, string remedy)
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i / 8.0, NULL FROM generate_series(1, 100) AS i");
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        await pipeline.StopAsync(relay);

        foreach (var statement in (string[])[flaw, Update, "DELETE FROM {0} WHERE id LIKE '%2'", remedy, "UPDATE {0} SET note = 'after' WHERE id LIKE '%3'"])
        {
            await pipeline.ExecuteAsync(Of(pipeline, statement));
        }

        await pipeline.StartRelayAsync();
        await ShouldBeEqualAsync(pipeline);
    }

    /// <summary>Of a rewrite the stream says nothing. Kind: rows that change without a change event.</summary>
    [Theory]
    [InlineData("ALTER TABLE {0} ALTER COLUMN amount TYPE numeric(9,2) USING amount * 2")]
    [InlineData("ALTER TABLE {0} ALTER COLUMN note TYPE text USING 'rewritten', ALTER COLUMN amount TYPE numeric(10,3)")]
    public async Task Rows_that_an_ALTER_TABLE_rewrites_are_sent_anew(string rewrite)
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, "id String, amount Decimal(10, 3), note Nullable(String)");
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i / 8.0, NULL FROM generate_series(1, 100) AS i");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        var since = await SinceAsync(pipeline);

        await pipeline.ExecuteAsync(Of(pipeline, rewrite));
        await PipelineUnderTest.WaitAsync("the table to be sent anew", async () => await SinceAsync(pipeline) is { } now && now != since, TenSeconds);
        await pipeline.ExecuteAsync(Of(pipeline, Update));
        await ShouldBeEqualAsync(pipeline);
    }

    [Fact]
    public async Task Statements_that_leave_every_value_as_it_is_have_nothing_sent_anew()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i / 8.0, NULL FROM generate_series(1, 100) AS i");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();
        var since = await SinceAsync(pipeline);
        string[] statements =
        [
            "VACUUM FULL {0}", "ALTER TABLE {0} ALTER COLUMN note SET STATISTICS 10", "CLUSTER {0} USING {0}_pkey",
            "ALTER TABLE {0} ADD COLUMN more int DEFAULT 1",
        ];
        foreach (var statement in statements)
        {
            var noted = await NotedAsync(pipeline);
            await pipeline.ExecuteAsync(Of(pipeline, statement));
            await PipelineUnderTest.WaitAsync($"the relay to note {statement}", async () => await NotedAsync(pipeline) != noted, TenSeconds);
        }

        await pipeline.ExecuteAsync(Of(pipeline, Update));
        await ShouldBeEqualAsync(pipeline);
        (await SinceAsync(pipeline)).ShouldBe(since);
    }

    /// <summary>Kind: another table of the same name, whose changes come under other names.</summary>
    [Fact]
    public async Task Partitioned_table_in_the_place_of_a_plain_one_is_told_until_it_is_sent_whole_and_its_partitions_may_come_and_go()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i / 8.0, NULL FROM generate_series(1, 100) AS i");
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.ExecuteAsync(Of(pipeline, """
            BEGIN;
            ALTER TABLE {0} RENAME TO {0}_before;
            CREATE TABLE {0} (id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL) PARTITION BY RANGE (id);
            CREATE TABLE {0}_low PARTITION OF {0} FOR VALUES FROM (MINVALUE) TO ('old5');
            CREATE TABLE {0}_high PARTITION OF {0} FOR VALUES FROM ('old5') TO (MAXVALUE);
            INSERT INTO {0} SELECT * FROM {0}_before;
            DROP TABLE {0}_before;
            COMMIT
            """));
        var remedies = new List<string>();
        await PipelineUnderTest.WaitAsync("the relay to be well", async () =>
        {
            if (await RemedyAsync(relay) is { Length: > 0 } remedy && !remedies.Contains(remedy))
            {
                remedies.Add(remedy);
                await pipeline.ExecuteAsync(remedy);
            }

            return remedies.Count >= 4 && await RemedyAsync(relay) == "";
        });
        remedies.ShouldBe(
        [
            Of(pipeline, "ALTER PUBLICATION andi ADD TABLE public.{0}"),
            "ALTER PUBLICATION andi SET (publish_via_partition_root = true)",
            Of(pipeline, "ALTER TABLE {0}_high REPLICA IDENTITY FULL"),
            Of(pipeline, "ALTER TABLE {0}_low REPLICA IDENTITY FULL"),
        ]);
        await pipeline.ExecuteAsync(Of(pipeline, Update));
        await pipeline.ExecuteAsync(Of(pipeline, "UPDATE {0} SET id = 'moved' || id WHERE id LIKE 'old4%'"));
        await ShouldBeEqualAsync(pipeline);

        // PostgreSQL sends nothing of these.
        foreach (var silent in (string[])["TRUNCATE {0}_low", "ALTER TABLE {0} DETACH PARTITION {0}_high", "ALTER TABLE {0} ATTACH PARTITION {0}_high DEFAULT"])
        {
            var since = await SinceAsync(pipeline);
            await pipeline.ExecuteAsync(Of(pipeline, silent));
            await PipelineUnderTest.WaitAsync("the table to be sent anew", async () => await SinceAsync(pipeline) is { } now && now != since, TenSeconds);
            await ShouldBeEqualAsync(pipeline);
        }
    }

    /// <summary>As the product's migrations make the publication.</summary>
    [Fact]
    public async Task Stored_generated_column_that_is_published_breaks_no_write_and_loses_nothing()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        await pipeline.ExecuteAsync("ALTER PUBLICATION andi SET (publish_generated_columns = stored)");
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'old' || i, i / 8.0, NULL FROM generate_series(1, 100) AS i");
        var relay = await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilAppliedAsync();

        await pipeline.ExecuteAsync(Of(pipeline, "ALTER TABLE {0} ADD COLUMN twice numeric GENERATED ALWAYS AS (amount * 2) STORED"));
        await pipeline.ExecuteAsync(Of(pipeline, Update));
        await pipeline.ExecuteAsync(Of(pipeline, "DELETE FROM {0} WHERE id LIKE '%2'"));
        await ShouldBeEqualAsync(pipeline);

        await pipeline.StopAsync(relay);
        await pipeline.ExecuteAsync("ALTER PUBLICATION andi DROP TABLE " + pipeline.Table);
        await pipeline.ExecuteAsync("ALTER PUBLICATION andi ADD TABLE " + pipeline.Table);
        var again = await pipeline.StartRelayAsync();
        await ShouldBeEqualAsync(pipeline);
        (await RemedyAsync(again)).ShouldBeEmpty();
    }

    /// <summary>Where the captured rows begin; null while they are on their way.</summary>
    private static Task<string?> SinceAsync(PipelineUnderTest pipeline) =>
        pipeline.SourceOrNullAsync<string>(
            $"SELECT since_lsn::text FROM andi.captured_tables WHERE \"table\" = '{pipeline.Table}' AND completed_at IS NOT NULL");

    private static Task<string> NotedAsync(PipelineUnderTest pipeline) =>
        pipeline.SourceAsync<string>($"SELECT files || columns FROM andi.captured_tables WHERE \"table\" = '{pipeline.Table}'");

    private static string Of(PipelineUnderTest pipeline, string statement) => statement.Replace("{0}", pipeline.Table, StringComparison.Ordinal);

    /// <summary>The statement that the health check names; empty where it names none.</summary>
    private static async Task<string> RemedyAsync(Microsoft.Extensions.Hosting.IHost relay)
    {
        const string Mark = "Remedy: ";
        var health = await relay.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        var entry = health.Entries["change-relay"];
        var start = entry.Description?.IndexOf(Mark, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return "";
        }

        entry.Status.ShouldBe(HealthStatus.Degraded);
        return entry.Description![(start + Mark.Length)..].TrimEnd('.');
    }

    private static async Task ShouldBeEqualAsync(PipelineUnderTest pipeline)
    {
        string[] landed = ["id", "toInt64(amount * 100)", "note"], source = ["id", "(amount * 100)::bigint", "note"];
        await pipeline.WaitUntilAppliedAsync();
        (await pipeline.StandingRowsAsync(landed)).ShouldBe(await pipeline.SourceRowsAsync(source));
    }
}
