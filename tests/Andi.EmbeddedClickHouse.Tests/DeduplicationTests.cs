using System.Text;

namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>
/// An insert that is repeated with its token is written once, into its table and through the views behind it: what exactly-once ingest stands on.
/// </summary>
public sealed class DeduplicationTests
{
    private const string Window = "SETTINGS non_replicated_deduplication_window = 1000";

    [Fact]
    public async Task Repeated_token_changes_nothing_in_table_and_views_also_after_SIGKILL()
    {
        var first = await ServerProcess.StartAsync();
        await using var firstEnds = first;
        using (var client = first.Client())
        {
            await CreateAsync(client);
            await InsertAsync(client, "one", 0);
            await InsertAsync(client, "one", 0);
            (await StateAsync(client)).ShouldBe("10000\t10000\t49995000");
            await InsertAsync(client, "two", 10_000);
            (await StateAsync(client)).ShouldBe("20000\t20000\t199990000");
        }

        await first.KillAsync();
        await using var second = await ServerProcess.StartAsync(first);
        using (var client = second.Client())
        {
            (await StateAsync(client)).ShouldBe("20000\t20000\t199990000");
            await InsertAsync(client, "two", 10_000);
            await InsertAsync(client, "one", 0);
            (await StateAsync(client)).ShouldBe("20000\t20000\t199990000");

            // The same rows under another token are other rows.
            await InsertAsync(client, "three", 0);
            (await StateAsync(client)).ShouldBe("30000\t30000\t249985000");
        }
    }

    /// <summary>The engine is killed in the middle of inserts, which are then repeated, like an ingestor does that got no answer.</summary>
    [Fact]
    public async Task Inserts_cut_off_by_SIGKILL_and_repeated_count_once()
    {
        const int Batches = 24;
        var server = await ServerProcess.StartAsync();
        var first = server;
        await using var firstEnds = first;
        using (var client = server.Client())
        {
            await CreateAsync(client);
        }

        for (var round = 0; round < 3; round++)
        {
            using var client = server.Client();
            var inserting = Task.Run(async () =>
            {
                for (var batch = 0; batch < Batches; batch++)
                {
                    await InsertAsync(client, $"batch {batch}", batch * 10_000);
                }
            }, TestContext.Current.CancellationToken);
            await Task.Delay(60 + (round * 70), TestContext.Current.CancellationToken);
            await server.KillAsync();
            await Should.ThrowAsync<HttpRequestException>(inserting);
            if (server != first)
            {
                await server.DisposeAsync();
            }

            server = await ServerProcess.StartAsync(first);
        }

        await using var last = server;
        using var again = server.Client();
        for (var batch = 0; batch < Batches; batch++)
        {
            await InsertAsync(again, $"batch {batch}", batch * 10_000);
        }

        const long Rows = Batches * 10_000;
        (await StateAsync(again)).ShouldBe($"{Rows}\t{Rows}\t{Rows * (Rows - 1) / 2}");
    }

    /// <summary>
    /// What a SIGKILL leaves behind between the two steps of an insert into a table: the block is written down, its part has no name yet. Seen as sums
    /// that lacked a block of 10,000 rows.
    /// </summary>
    [Fact]
    public async Task Insert_that_was_noted_but_whose_part_was_not_there_yet_is_written_when_repeated()
    {
        string sums;
        await using var first = await StartWithAsync("one", "two");
        using (var client = first.Client())
        {
            sums = (await client.AskAsync("SELECT data_paths[1] FROM system.tables WHERE database = 'd' AND name = 'sums'")).TrimEnd('\n');
        }

        await first.KillAsync();
        var part = Directory.GetDirectories(sums, "all_2_2_*").ShouldHaveSingleItem();
        Directory.Move(part, Path.Combine(sums, "tmp_insert_all_2_2_0"));
        await using var second = await ServerProcess.StartAsync(first);
        using var again = second.Client();
        (await StateAsync(again)).ShouldBe("20000\t20000\t49995000");
        second.Output.ShouldContain("1 inserts that a kill cut off");

        // In the meantime another insert takes the number of the lost part.
        await InsertAsync(again, "three", 20_000);
        await InsertAsync(again, "two", 10_000);
        await InsertAsync(again, "one", 0);

        const long Rows = 30_000;
        (await StateAsync(again)).ShouldBe($"{Rows}\t{Rows}\t{Rows * (Rows - 1) / 2}");
    }

    [Fact]
    public async Task Line_of_the_log_that_was_cut_off_hides_no_later_one()
    {
        await using var first = await StartWithAsync("one");
        await first.KillAsync();
        foreach (var log in Directory.GetFiles(first.DataPath, "deduplication_log_*.txt", SearchOption.AllDirectories))
        {
            await File.AppendAllTextAsync(log, "1\tall_2_2_", TestContext.Current.CancellationToken);
        }

        await using var second = await ServerProcess.StartAsync(first);
        using (var client = second.Client())
        {
            await InsertAsync(client, "two", 10_000);
        }

        await second.KillAsync();
        await using var third = await ServerProcess.StartAsync(first);
        using var again = third.Client();
        await InsertAsync(again, "one", 0);
        await InsertAsync(again, "two", 10_000);
        (await StateAsync(again)).ShouldBe("20000\t20000\t199990000");
    }

    [Fact]
    public async Task Parts_that_were_merged_are_not_taken_for_lost()
    {
        await using var first = await StartWithAsync("one", "two");
        using (var client = first.Client())
        {
            foreach (var table in new[] { "landing", "counts", "sums" })
            {
                await client.AskAsync($"OPTIMIZE TABLE d.{table} FINAL");
            }
        }

        // The engine removes the parts of before the merge too, some minutes later.
        await first.KillAsync();
        string[] before = ["all_1_1_*", "all_2_2_*"];
        foreach (var part in before.SelectMany(name => Directory.GetDirectories(Path.Combine(first.DataPath, "store"), name, SearchOption.AllDirectories)))
        {
            Directory.Delete(part, recursive: true);
        }

        await using var second = await ServerProcess.StartAsync(first);
        using var again = second.Client();
        await InsertAsync(again, "one", 0);
        await InsertAsync(again, "two", 10_000);
        (await StateAsync(again)).ShouldBe("20000\t20000\t199990000");
        second.Output.ShouldNotContain("cut off");
    }

    /// <summary>A server with the tables, and an insert of 10,000 rows for each token, the next numbers each time.</summary>
    private static async Task<ServerProcess> StartWithAsync(params string[] tokens)
    {
        var server = await ServerProcess.StartAsync();
        using var client = server.Client();
        await CreateAsync(client);
        foreach (var (index, token) in tokens.Index())
        {
            await InsertAsync(client, token, index * 10_000);
        }

        return server;
    }

    private static async Task CreateAsync(ClickHouseClient client)
    {
        await client.AskAsync("CREATE DATABASE d");
        await client.AskAsync($"CREATE TABLE d.landing (k UInt64) ENGINE = MergeTree ORDER BY k {Window}");
        await client.AskAsync($"CREATE TABLE d.counts (p UInt8, n UInt64) ENGINE = SummingMergeTree ORDER BY p {Window}");
        await client.AskAsync($"CREATE TABLE d.sums (p UInt8, s UInt64) ENGINE = SummingMergeTree ORDER BY p {Window}");
        await client.AskAsync("CREATE MATERIALIZED VIEW d.to_counts TO d.counts AS SELECT k % 10 AS p, count() AS n FROM d.landing GROUP BY p");
        await client.AskAsync("CREATE MATERIALIZED VIEW d.to_sums TO d.sums AS SELECT k % 7 AS p, sum(k) AS s FROM d.landing GROUP BY p");
    }

    private static async Task InsertAsync(ClickHouseClient client, string token, int start)
    {
        var rows = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(start, 10_000).Select(k => $"{k}\n")));
        var answer = await client.InsertAsync(
            "INSERT INTO d.landing FORMAT TSV", rows, $"insert_deduplication_token={token}", "insert_deduplicate=1",
            "deduplicate_blocks_in_dependent_materialized_views=1");
        answer.Status.ShouldBe(200, answer.Text);
    }

    private static Task<string> StateAsync(ClickHouseClient client) =>
        client.AskAsync("SELECT (SELECT count() FROM d.landing), (SELECT sum(n) FROM d.counts), (SELECT sum(s) FROM d.sums)");
}
