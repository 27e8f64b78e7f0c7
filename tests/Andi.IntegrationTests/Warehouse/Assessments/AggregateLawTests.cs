using Andi.AnalyticsApi.Areas.Assessments;
using Andi.IntegrationTests.Warehouse.Queries;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>The law: whatever happened, and whatever of it was sent twice, every answer equals a computation from the rows that are left.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class AggregateLawTests(ClickHouseFixture clickHouse)
{
    private const int Batches = 6;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2, Traits = ["Category", "Long"])]
    [InlineData(3, Traits = ["Category", "Long"])]
    [InlineData(4, Traits = ["Category", "Long"])]
    [InlineData(5, Traits = ["Category", "Long"])]
    [InlineData(6, Traits = ["Category", "Long"])]
    public async Task Every_answer_equals_a_computation_from_the_rows(int seed)
    {
        await MigrateAsync();
        var writer = new LandingWriter(clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(clickHouse.Client, Cancel), generation: (uint)(100 + seed));
        var history = new ScoreHistory(seed);
        var random = new Random(seed);
        var sent = new List<(byte[] Rows, string Token)>();
        for (var batch = 0; batch < Batches; batch++)
        {
            var rows = writer.Rows(history.Next(random.Next(1, 60)), LandingWriter.Columns);
            sent.Add((rows, $"law/{seed}/{batch}"));
            await writer.InsertAsync("scores_changes", rows, sent[^1].Token, Cancel);

            // Any batch may come again, with the token it had.
            var again = sent[random.Next(sent.Count)];
            await writer.InsertAsync("scores_changes", again.Rows, again.Token, Cancel);
        }

        await ShowAsync(writer.Generation);
        var answers = new AssessmentAnswers(clickHouse.Client, writer.Generation, history.Rows, Cancel);
        using (var asked = new AskedQueries())
        {
            await answers.ShouldBeTrueAsync(AssessmentAnswers.Filters);
            asked.ShouldBeAllOf("assessments");
        }

        foreach (var table in new[]
        {
            "facts.student_scores", "facts.student_score_places", "agg.classroom_scores", "agg.school_scores", "agg.district_scores", "agg.dimension_scores",
            "agg.district_score_values", "agg.district_score_bands",
        })
        {
            await clickHouse.Client.ExecuteAsync(new($"OPTIMIZE TABLE {table} FINAL"), Cancel);
        }

        // Merged, the same rows are read: half of the filters will do.
        await answers.ShouldBeTrueAsync([.. AssessmentAnswers.Filters.Take(2)]);
    }

    /// <summary>As where an insert has reached one of the two tables and not yet the other.</summary>
    [Fact]
    public async Task Comparison_of_districts_whose_tables_do_not_fit_together_is_of_one_of_them()
    {
        await MigrateAsync();
        const uint Generation = 99;
        var writer = new LandingWriter(clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(clickHouse.Client, Cancel), Generation);
        var history = new ScoreHistory(99);
        await writer.InsertAsync("scores_changes", writer.Rows(history.Next(100), LandingWriter.Columns), "law/apart", Cancel);
        await clickHouse.Client.ExecuteAsync(
            new($"INSERT INTO agg.district_score_bands SELECT * FROM agg.district_score_bands WHERE _generation = {Generation} AND scores > 0"), Cancel);

        var districts = new DistrictsOfState(clickHouse.Client);
        var found = (await districts.AskAsync(new ScoreFilter { SchoolYear = "all" }, Parameters, Cancel)).Rows;

        found.Count.ShouldBeGreaterThan(1);
        found.Sum(row => row.Count).ShouldBe(history.Rows.Count(row => row.Counts && row.Status == "scored"));
        found.ShouldBe(await districts.AllAsync(Parameters(), Cancel), ignoreOrder: true);

        static ClickHouseParameters Parameters() => new()
        {
            { "state", "ST" }, { "year", (string?)null }, { "test", (string?)null }, { "generation", Generation }, { "oldest", ScoreRow.OldestMonth },
        };
    }

    private async Task MigrateAsync() => await
        new WarehouseMigrator(clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance).MigrateAsync(cancellationToken: Cancel);

    private async Task ShowAsync(uint generation) => await clickHouse.Client.ExecuteAsync(
        new("INSERT INTO ops.generations (switch, generation, reason) SELECT max(switch) + 1, {generation:UInt32}, 'a test' FROM ops.generations")
        {
            Parameters = new() { { "generation", generation } },
        },
        Cancel);
}
