using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse.Checks;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Migrations;

/// <summary>Tables with rows in them are laid out anew: rows are taken over, and views between the tables still pass rows on.</summary>
public sealed class LayoutMigrationTests(ClickHouseFixture clickHouse) : IClassFixture<ClickHouseFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Long")]
    public async Task What_was_there_and_what_comes_after_add_up()
    {
        await MigrateAsync(MigrationCatalog.Embedded(), years: null);
        var writer = new LandingWriter(clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(clickHouse.Client, Cancel), generation: 1);
        var history = new ScoreHistory(seed: 1);
        await WriteAsync("before", 120);

        await MigrateAsync(LayoutFixture.Catalog(), years: 7);
        (await EngineAsync(LayoutFixture.Facts)).ShouldContain($"ORDER BY ({LayoutFixture.FactsOrder}) TTL toStartOfMonth(test_date) + toIntervalMonth(86) ");
        (await EngineAsync(LayoutFixture.Aggregate))
            .ShouldContain("TTL month + toIntervalMonth(86) SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 128");
        await WriteAsync("after", 120);

        foreach (var check in WarehouseCheck.All().Where(check => check.SourceSql is null))
        {
            var differing = await clickHouse.Client.ScalarAsync<long>(
                new($"SELECT count() FROM ({check.Sql.TrimEnd().TrimEnd(';')})")
                {
                    Parameters = new() { { "generation", writer.Generation }, { "oldest", ScoreRow.OldestMonth } },
                },
                Cancel);
            differing.ShouldBe(0, check.Table);
        }

        await new AssessmentAnswers(clickHouse.Client, writer.Generation, [.. history.Rows.Select(Named)], Cancel)
            .ShouldBeTrueAsync(AssessmentAnswers.Filters);

        async Task WriteAsync(string token, int changes)
        {
            var named = history.Next(changes).Select(change => change with
            {
                Before = change.Before is { } before ? Named(before) : null,
                After = change.After is { } after ? Named(after) : null,
            });
            await writer.InsertAsync("scores_changes", writer.Rows(named, LandingWriter.Columns), token, Cancel);
        }
    }

    /// <summary>The new layout keeps ids that are UUIDs apart from others, so half of them are.</summary>
    private static ScoreRow Named(ScoreRow row)
    {
        var number = int.Parse(row.ScoreId[1..], System.Globalization.CultureInfo.InvariantCulture);
        return number % 2 == 0 ? row : row with { ScoreId = $"0190a000-0000-7000-8000-{number:x12}" };
    }

    private Task<string> EngineAsync(string table) => clickHouse.Client.ScalarAsync<string>(
        new("SELECT engine_full FROM system.tables WHERE concat(database, '.', name) = {table:String}") { Parameters = new() { { "table", table } } }, Cancel);

    private async Task MigrateAsync(MigrationCatalog catalog, int? years) =>
        await new WarehouseMigrator(clickHouse.Client, catalog, NullLogger<WarehouseMigrator>.Instance) { RetentionYears = years }
            .MigrateAsync(cancellationToken: Cancel);
}
