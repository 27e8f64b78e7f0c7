using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.IntegrationTests.Warehouse.Queries;
using Andi.Topology;
using Andi.Warehouse.Checks;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>
/// The law: whatever happened, and whatever of it was sent twice, every aggregate equals its recomputation and every answer a computation from the rows
/// that are left.
/// </summary>
[Collection(WarehouseCollection.Name)]
public sealed class CoachingLawTests(ClickHouseFixture clickHouse)
{
    private const int Batches = 5;

    private static readonly string[] Aggregates =
        ["agg.daily_teacher_performance", "agg.weekly_school_metrics", "agg.monthly_district_trends", "agg.weekly_teacher_activity"];

    private static readonly string[] Facts = ["facts.ciq_sessions", "facts.resource_usage", "facts.community_activity"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2, Traits = ["Category", "Long"])]
    [InlineData(3, Traits = ["Category", "Long"])]
    [InlineData(4, Traits = ["Category", "Long"])]
    public async Task Every_answer_equals_a_computation_from_the_rows(int seed)
    {
        var (writer, history) = (await WriterAsync((uint)(200 + seed)), new CoachingHistory(seed));
        var landing = new CoachingLanding(writer, $"coaching/{seed}", new Random(seed), Cancel);
        await landing.NamesAsync();
        for (var batch = 0; batch < Batches; batch++)
        {
            await landing.BatchAsync(history);
        }

        using (var asked = new AskedQueries())
        {
            await ShouldBeTrueAsync(writer.Generation, history, Asked.ForSeed(seed), LessonAnswers.FiltersForSeed(seed));
            asked.ShouldBeAllOf("coaching");
        }

        foreach (var table in Facts.Concat(Aggregates))
        {
            await clickHouse.Client.ExecuteAsync(new($"OPTIMIZE TABLE {table} FINAL"), Cancel);
        }

        // Merged, the same rows are read: everything, and one filter, will do.
        await ShouldBeTrueAsync(writer.Generation, history, [new()], [.. LessonAnswers.FiltersForSeed(seed).Take(2)]);
    }

    /// <summary>
    /// What toMonday says of days before 5 January 1970 is undefined. The write side takes dates from 1970 on, and no number of years that a warehouse
    /// can be told reaches back there.
    /// </summary>
    [Fact]
    public async Task First_days_of_1970_come_in_and_never_count()
    {
        var writer = await WriterAsync(generation: 399);
        var history = new CoachingHistory(3);
        var days = new[] { new DateTime(1970, 1, 1), new DateTime(1970, 1, 4, 23, 59, 59), new DateTime(1970, 1, 5), DateTime.UtcNow.Date };
        var sessions = history.NextSessions(60).Select(change => change.After).OfType<SessionRow>().Take(days.Length)
            .Select((row, n) => row with { SessionId = $"F{n}", At = days[n] });
        await writer.InsertAsync(
            "ciq_sessions_changes",
            writer.Rows(sessions.Select((row, n) => new Change<SessionRow>(null, row, (UInt128)(ulong)(n + 1) << 32)), SessionRow.Columns),
            "first days", Cancel);

        var oldest = new DateOnly(DateTime.UtcNow.Year, 1, 1).AddYears(-RetentionLimits.MostYears);
        oldest.ShouldBeGreaterThan(new DateOnly(1970, 2, 1));
        foreach (var table in Aggregates)
        {
            (await DifferencesAsync(table, writer.Generation, oldest)).ShouldBeEmpty(table);
            var start = table.Contains("daily", StringComparison.Ordinal) ? "day" : "month";
            var counted = new ClickHouseStatement($"SELECT sum(sessions) FROM {table} WHERE _generation = 399 AND {start} >= {{oldest:Date}}")
            {
                Parameters = new() { { "oldest", oldest } },
            };
            (await clickHouse.Client.ScalarAsync<long>(counted, Cancel)).ShouldBe(1, table);
        }
    }

    /// <summary>A check that can find nothing proves nothing.</summary>
    [Theory]
    [InlineData("agg.daily_teacher_performance")]
    [InlineData("agg.weekly_school_metrics")]
    [InlineData("agg.monthly_district_trends")]
    [InlineData("agg.weekly_teacher_activity")]
    public async Task Check_finds_what_counts_twice(string table)
    {
        var writer = await WriterAsync((uint)(300 + Array.IndexOf(Aggregates, table)));
        await new CoachingLanding(writer, $"twice/{table}", new Random(1), Cancel).BatchAsync(new CoachingHistory(7));
        (await DifferencesAsync(table, writer.Generation)).ShouldBeEmpty();

        await clickHouse.Client.ExecuteAsync(new($"INSERT INTO {table} SELECT * FROM {table} WHERE _generation = {writer.Generation}"), Cancel);

        (await DifferencesAsync(table, writer.Generation)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("facts.ciq_sessions")]
    [InlineData("agg.daily_teacher_performance")]
    [InlineData("agg.weekly_school_metrics")]
    [InlineData("agg.monthly_district_trends")]
    [InlineData("agg.weekly_teacher_activity")]
    public async Task Insert_that_failed_halfway_is_completed_by_its_repetition(string table)
    {
        var writer = await WriterAsync((uint)Random.Shared.Next(10_000, int.MaxValue));
        var history = new CoachingHistory(11);
        var rows = writer.Rows(history.NextSessions(40), SessionRow.Columns);
        await clickHouse.Client.ExecuteAsync(new($"ALTER TABLE {table} ADD CONSTRAINT broken CHECK _generation != {writer.Generation}"), Cancel);
        try
        {
            await Should.ThrowAsync<ClickHouseException>(() => writer.InsertAsync("ciq_sessions_changes", rows, $"halfway/{writer.Generation}", Cancel));
        }
        finally
        {
            await clickHouse.Client.ExecuteAsync(new($"ALTER TABLE {table} DROP CONSTRAINT broken"), Cancel);
        }

        await writer.InsertAsync("ciq_sessions_changes", rows, $"halfway/{writer.Generation}", Cancel);

        // Of what counts: what is older may have been dropped already.
        var sql = $"SELECT count() FROM facts.ciq_sessions FINAL WHERE _generation = {writer.Generation} AND toDate(started_at) >= andi_oldest_month()";
        (await clickHouse.Client.ScalarAsync<long>(new(sql), Cancel)).ShouldBe(history.Sessions.Count(row => row.Counts()));
        foreach (var aggregate in Aggregates)
        {
            (await DifferencesAsync(aggregate, writer.Generation)).ShouldBeEmpty(aggregate);
        }
    }

    [Theory]
    [InlineData("ciq_score", 100.01)]
    [InlineData("equity_score", -0.01)]
    [InlineData("teacher_talk_ratio", 1.0001)]
    [InlineData("wait_time_seconds", -1)]
    public async Task What_PostgreSQL_would_have_refused_does_not_land(string column, double value)
    {
        var writer = await WriterAsync((uint)Random.Shared.Next(10_000, int.MaxValue));
        var rows = writer.Rows(new CoachingHistory(12).NextSessions(1), row => new Dictionary<string, object?>(SessionRow.Columns(row)) { [column] = value });

        await Should.ThrowAsync<ClickHouseException>(() => writer.InsertAsync("ciq_sessions_changes", rows, $"refused/{writer.Generation}", Cancel));

        (await clickHouse.Client.ScalarAsync<long>(new($"SELECT count() FROM staging.ciq_sessions_changes WHERE _generation = {writer.Generation}"), Cancel))
            .ShouldBe(0);
    }

    private async Task ShouldBeTrueAsync(
        uint generation, CoachingHistory history, IReadOnlyList<Asked> periods, IReadOnlyList<(string? Subject, string? Grade)> filters)
    {
        foreach (var table in Aggregates)
        {
            (await DifferencesAsync(table, generation)).ShouldBeEmpty(table);
        }

        await new LessonAnswers(clickHouse.Client, generation, history, Cancel).ShouldBeTrueAsync(periods, filters);
        await new ActivityAnswers(clickHouse.Client, generation, history, Cancel).ShouldBeTrueAsync(periods);
    }

    private async Task<LandingWriter> WriterAsync(uint generation)
    {
        await new WarehouseMigrator(clickHouse.Client, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: Cancel);
        return new LandingWriter(clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(clickHouse.Client, Cancel), generation);
    }

    private async Task<IReadOnlyList<Difference>> DifferencesAsync(string table, uint generation, DateOnly? oldest = null)
    {
        var check = WarehouseCheck.All().Single(check => check.Table == table);
        return await clickHouse.Client.QueryAsync<Difference>(
            new(check.Sql) { Parameters = new() { { "generation", generation }, { "oldest", oldest ?? ScoreRow.OldestMonth } } }, Cancel);
    }
}

/// <summary>A row of a check.</summary>
internal sealed record Difference(string Key, string? Stands, string? Should);
