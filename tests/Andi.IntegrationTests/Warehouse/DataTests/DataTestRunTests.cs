using Andi.Warehouse.DataTests;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.DataTests;

/// <summary>Each kind of data test on rows that pass and on rows that break it.</summary>
[Collection(WarehouseCollection.Name)]
public sealed class DataTestRunTests(ClickHouseFixture clickHouse)
{
    private readonly string _table = $"tested.t{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unique {0} id", "(9, 'a', 1, now()), (10, 'b', 1, now())", "(9, 'c', 1, now()), (9, 'd', 1, now()), (10, 'e', 1, now())", 2)]
    [InlineData("unique {0} id, kind", "(1, 'other', 1, now())", "(1, 'good', 1, now())", 1)]
    [InlineData("not_null {0} kind", "(9, 'a', 1, now())", "(10, '', 1, now()), (11, '', 2, now())", 2)]
    [InlineData("accepted_values {0} kind: good, it's better", "(9, 'it\\'s better', 1, now())", "(10, 'Good', 1, now())", 1)]
    [InlineData("relationships {0} parent -> {0} id", "(9, 'a', 1, now())", "(10, 'a', 77, now()), (11, 'a', 78, now()), (12, 'a', 9, now())", 2)]
    [InlineData("sql {0}\nSELECT id FROM {0} WHERE id > 100", "(100, 'a', 1, now())", "(101, 'a', 1, now()), (102, 'a', 1, now())", 2)]
    public async Task Kind_passes_on_what_holds_and_fails_on_each_row_that_does_not(string line, string holds, string breaks, long failing)
    {
        await CreateAsync("(1, 'good', 1, now())");
        var test = Test(line);
        await InsertAsync(holds);
        var passed = await RunAsync(test);
        (passed.Status, passed.FailingRows, passed.Sample.Count).ShouldBe((DataTestResult.Passed, 0, 0), passed.Message);

        await InsertAsync(breaks);
        var failed = await RunAsync(test);
        (failed.Status, failed.FailingRows, failed.Sample.Count).ShouldBe((DataTestResult.Failed, failing, (int)failing), failed.Message);
    }

    [Theory]
    [InlineData("30 minutes", 29)]
    [InlineData("2 hours", 119)]
    [InlineData("1 day", 1439)]
    public async Task Freshness_passes_until_the_newest_row_is_too_old(string limit, int minutes)
    {
        await CreateAsync($"(1, 'old', 1, now() - INTERVAL 10 YEAR), (2, 'new', 1, now() - INTERVAL {minutes} MINUTE)");
        var test = Test($"freshness {{0}} at within {limit}");
        (await RunAsync(test)).Status.ShouldBe(DataTestResult.Passed);

        await clickHouse.Client.ExecuteAsync(new($"ALTER TABLE {_table} UPDATE at = at - INTERVAL 2 MINUTE WHERE 1 SETTINGS mutations_sync = 2"), Cancel);
        (await RunAsync(test)).Status.ShouldBe(DataTestResult.Failed);

        await clickHouse.Client.ExecuteAsync(new($"TRUNCATE TABLE {_table}"), Cancel);
        (await RunAsync(test)).Status.ShouldBe(DataTestResult.Passed, "there is nothing old");
    }

    [Fact]
    public async Task Test_that_cannot_be_run_is_an_error_and_says_why()
    {
        var result = await RunAsync(DataTest.Parse("area/missing", "-- A thing.\n-- test: unique system.nowhere id"));
        (result.Status, result.FailingRows).ShouldBe((DataTestResult.Error, 0));
        result.Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task What_fails_only_once_has_not_failed()
    {
        await CreateAsync("(1, 'a', 2, now())");
        var test = Test("relationships {0} parent -> {0} id");
        var running = new DataTestRun(clickHouse.Client, TimeProvider.System) { Attempts = 3, RetryDelay = TimeSpan.FromSeconds(1) }.RunAsync(test, Cancel);
        await InsertAsync("(2, 'the parent, later', 2, now())");
        (await running).Status.ShouldBe(DataTestResult.Passed);
    }

    [Fact]
    public async Task Every_data_test_of_the_warehouse_can_be_run_and_its_result_is_kept()
    {
        await new WarehouseMigrator(clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: Cancel);
        var run = new DataTestRun(clickHouse.Client, TimeProvider.System) { Attempts = 1 };
        var results = new List<DataTestResult>();
        foreach (var test in DataTest.All())
        {
            var result = await run.RunAsync(test, Cancel);
            result.Status.ShouldNotBe(DataTestResult.Error, $"{test.Name}: {result.Message}");
            results.Add(result with { Message = $"of {_table}", Sample = ["('it''s', 1)"] });
        }

        await run.KeepAsync(results, Cancel);
        var sql = $"SELECT count() FROM ops.test_results WHERE message = 'of {_table}' AND sample = ['(\\'it\\'\\'s\\', 1)'] "
            + "AND abs(dateDiff('second', ran_at, now64())) < 60";
        (await clickHouse.Client.ScalarAsync<long>(new(sql), Cancel)).ShouldBe(results.Count);
    }

    private async Task CreateAsync(string rows)
    {
        await clickHouse.Client.ExecuteAsync(new("CREATE DATABASE IF NOT EXISTS tested"), Cancel);
        await clickHouse.Client.ExecuteAsync(
            new($"CREATE TABLE {_table} (id UInt32, kind String, parent UInt32, at DateTime) ENGINE = MergeTree ORDER BY id"), Cancel);
        await InsertAsync(rows);
    }

    private async Task InsertAsync(string rows) => await clickHouse.Client.ExecuteAsync(new($"INSERT INTO {_table} VALUES {rows}"), Cancel);

    private DataTest Test(string line) => DataTest.Parse("area/one", $"-- A thing.\n-- test: {line.Replace("{0}", _table, StringComparison.Ordinal)}");

    private Task<DataTestResult> RunAsync(DataTest test) => new DataTestRun(clickHouse.Client, TimeProvider.System) { Attempts = 1 }.RunAsync(test, Cancel);
}
