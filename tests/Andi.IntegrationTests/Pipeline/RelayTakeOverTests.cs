using System.Diagnostics;

namespace Andi.IntegrationTests.Pipeline;

/// <summary>Two instances of Andi.Oltp, of which one stalls or dies while it relays.</summary>
[Collection(AloneCollection.Name)]
public sealed class RelayTakeOverTests(EnginesFixture engines)
{
    private const string PostgresColumns = "id text PRIMARY KEY, amount numeric(9,2) NOT NULL, note text NULL";
    private const string ClickHouseColumns = "id String, amount Decimal(9, 2), note Nullable(String)";
    private static readonly TimeSpan TakesOverWithin = TimeSpan.FromSeconds(10);
    private static readonly string[] Landed = ["id", "toInt64(amount * 100)", "note"];
    private static readonly string[] Source = ["id", "(amount * 100)::bigint", "note"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Stalled_relay_loses_its_slot_and_changes_nothing_when_it_wakes()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await using var first = await WithTwoRelaysAsync(pipeline);
        await InTheMiddleAsync(pipeline, first.Stall);

        first.Wake();
        await PipelineUnderTest.WaitAsync("the first relay to stand by", async () =>
            (await first.HealthAsync("change-relay", Cancellation)).Contains("Another instance relays generation 1", StringComparison.Ordinal));
        for (var round = 0; round < 10; round++)
        {
            await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET note = 'round {round}' WHERE id LIKE '%{round}3'");
            await pipeline.WaitUntilAppliedAsync();
        }

        await ShouldBeExactAsync(pipeline);
        first.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task Killed_relay_is_followed_by_the_other_one()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await using var first = await WithTwoRelaysAsync(pipeline);
        await InTheMiddleAsync(pipeline, first.Kill);

        await pipeline.ExecuteAsync($"DELETE FROM {pipeline.Table} WHERE id LIKE '%5'");
        await pipeline.WaitUntilAppliedAsync();
        await ShouldBeExactAsync(pipeline);
    }

    private static async Task<OltpProcess> WithTwoRelaysAsync(PipelineUnderTest pipeline)
    {
        await pipeline.CreateTablesAsync(PostgresColumns, ClickHouseColumns);
        var first = await pipeline.StartRelayProcessAsync();
        // Not only until its snapshot holds the slot: the other one would take it as soon as that is done.
        await PipelineUnderTest.WaitAsync("the first relay to stream", async () =>
            (await first.HealthAsync("change-relay", Cancellation)).Contains("Relaying generation 1", StringComparison.Ordinal));
        await pipeline.StartIngestorAsync();
        await pipeline.StartRelayAsync();
        await pipeline.WaitUntilAppliedAsync();
        return first;
    }

    /// <summary>Ends the first relay while it sends: what is in its queue then, a stalled one sends when it wakes.</summary>
    private static async Task InTheMiddleAsync(PipelineUnderTest pipeline, Action end)
    {
        var before = await pipeline.SourceAsync<int>(Reader(pipeline));
        await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} SELECT 'a' || i, i, NULL FROM generate_series(1, 30000) AS i");
        await PipelineUnderTest.WaitAsync("the first rows", async () => await pipeline.LandedAsync("toInt64(count())") > 0);
        end();
        var clock = Stopwatch.StartNew();
        await pipeline.ExecuteAsync($"UPDATE {pipeline.Table} SET amount = amount + 1 WHERE id LIKE '%7'");
        await PipelineUnderTest.WaitAsync("the other relay to stream", async () =>
            await pipeline.SourceAsync<int>(Reader(pipeline)) is > 0 and var reader && reader != before);
        clock.Elapsed.ShouldBeLessThan(TakesOverWithin);
        await pipeline.WaitUntilAppliedAsync();
        await ShouldBeExactAsync(pipeline);
    }

    private static string Reader(PipelineUnderTest pipeline) =>
        $"SELECT coalesce((SELECT active_pid FROM pg_replication_slots WHERE slot_name = '{pipeline.Slot}' AND active), 0)";

    private static async Task ShouldBeExactAsync(PipelineUnderTest pipeline)
    {
        (await pipeline.StandingRowsAsync(Landed)).ShouldBe(await pipeline.SourceRowsAsync(Source));
        (await pipeline.LandedAsync("toInt64(count() - uniqExact(_position, _sign))")).ShouldBe(0);
        (await pipeline.SourceAsync<long>("SELECT count(*) FROM andi.generations")).ShouldBe(1);
    }
}
