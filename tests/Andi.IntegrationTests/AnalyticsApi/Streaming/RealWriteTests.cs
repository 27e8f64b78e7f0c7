using System.Diagnostics;
using Andi.ChangeEvents;
using Andi.IntegrationTests.Pipeline;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.AnalyticsApi.Streaming;

/// <summary>A write to PostgreSQL, by way of the relay and the ingestor, to a page.</summary>
public sealed class RealWriteTests(EnginesFixture engines)
{
    [Fact]
    public async Task Write_is_told_with_its_table_and_the_row_is_there_by_then()
    {
        await using var pipeline = new PipelineUnderTest(engines);
        await pipeline.CreateTablesAsync("id int PRIMARY KEY", "id Int32");
        await pipeline.StartRelayAsync();
        await pipeline.StartIngestorAsync();
        await pipeline.WaitUntilRelayedAsync();
        await pipeline.WaitUntilAppliedAsync();
        await using var api = StreamingApi.Start(pipeline.IngestConnection);
        await using var stream = await api.OpenAsync();
        await stream.NextAsync();

        for (var id = 1; id <= 3; id++)
        {
            var watch = Stopwatch.StartNew();
            await pipeline.ExecuteAsync($"INSERT INTO {pipeline.Table} VALUES ({id})");

            var moved = await stream.NextAsync();
            TestContext.Current.TestOutputHelper!.WriteLine($"Told after {watch.ElapsedMilliseconds} ms.");

            moved.Tables.ShouldBe([pipeline.Table]);
            var row = await pipeline.Warehouse.ScalarAsync<string>(
                new ClickHouseStatement($"SELECT toString(max(_position)) FROM {pipeline.LandingTable} WHERE id = {id}"),
                TestContext.Current.CancellationToken);
            Position.TryParse(moved.Position, out var told).ShouldBeTrue();
            told.ShouldBeGreaterThan(Position.FromUInt128(UInt128.Parse(row, System.Globalization.CultureInfo.InvariantCulture)));
        }

        // What is not captured moves the position, and nobody's page.
        await pipeline.ExecuteAsync("CREATE TABLE unseen (id int); INSERT INTO unseen VALUES (1)");
        await pipeline.WaitUntilAppliedAsync();
        (await stream.WithinAsync(TimeSpan.FromMilliseconds(300))).ShouldBeEmpty();
    }
}
