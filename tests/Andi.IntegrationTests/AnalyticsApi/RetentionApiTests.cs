using System.Text.Json;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.AnalyticsApi;

public sealed class RetentionApiTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private const string Path = "/v1/students/P1/scores";

    // The API looks every three seconds and believes what it knows for ten.
    private static readonly TimeSpan FollowsWithin = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_follow_the_years_that_the_warehouse_is_told_the_kept_ones_too()
    {
        var fourYearsAgo = World.Score("P1", "T1", "C1", "D1", "X3", 66m, 2) with { TestDate = World.Today.AddYears(-4), SchoolYear = "2021-2022" };
        await api.World.PutAsync("tests", Cancel, World.Test("X3", "Long ago", "math"));
        await api.World.ScoresAsync(Cancel, fourYearsAgo);
        await using (var applied = api.Ingest.CreateCommand("""
            INSERT INTO partitions (topic, partition, fence, owner, taken_at, applied_offset, commit_lsn, inserts, source_time, applied_at)
            VALUES ('andi.public.scores', 0, 1, 'a test', now(), 10, '0/100', 1, now(), now())
            """))
        {
            await applied.ExecuteNonQueryAsync(Cancel);
        }

        var (before, tag) = await TestsAsync();
        before.ShouldBe(["X1", "X2", "X3"], ignoreOrder: true);
        (await TestsAsync()).Tag.ShouldBe(tag);

        await MigrateAsync(3);
        var begun = TimeProvider.System.GetTimestamp();
        var (after, other) = await TestsAsync();
        while (after.Length == 3)
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(FollowsWithin);
            await Task.Delay(100, Cancel);
            (after, other) = await TestsAsync();
        }

        after.ShouldBe(["X1", "X2"], ignoreOrder: true);
        other.ShouldNotBe(tag);
    }

    private async Task<(string[] Tests, string Tag)> TestsAsync()
    {
        using var response = await api.Http.GetAsync(Path, Cancel);
        response.EnsureSuccessStatusCode();
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        return ([.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("testId").GetString()!)], response.Headers.ETag!.ToString());
    }

    private Task<WarehouseChanges> MigrateAsync(int years) =>
        new WarehouseMigrator(api.ClickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
        {
            RetentionYears = years,
            RetentionGrace = TimeSpan.Zero,
        }.MigrateAsync(cancellationToken: Cancel);
}
