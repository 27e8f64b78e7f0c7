using Andi.Testing;
using Andi.Warehouse.DataTests;
using Andi.Warehouse.Migrations;
using Andi.Warehouse.Models;

namespace Andi.IntegrationTests.Operations;

/// <summary>The layers of models, from PostgreSQL's rows through the pipeline to marts that ClickHouse refreshes by itself.</summary>
public sealed class MartTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task Marts_equal_PostgreSQLs_own_count_after_corrections_deletes_and_moves()
    {
        await WriteAsync();
        await andi.WaitUntilAppliedAsync();
        await RefreshAsync();
        await ShouldEqualPostgresAsync();

        await andi.ExecuteAsync("""
            UPDATE ciq_sessions SET ciq_score = ciq_score + 1.25, started_at = started_at - interval '9 days' WHERE right(session_id, 1) = '3';
            DELETE FROM ciq_sessions WHERE right(session_id, 1) = '5';
            DELETE FROM resource_usage WHERE right(usage_id, 1) = '6';
            UPDATE community_activity SET teacher_id = 'MT1', school_id = 'MS1' WHERE right(activity_id, 1) = '2';
            UPDATE schools SET district_id = 'MD0', name = 'Moved' WHERE school_id = 'MS1';
            DELETE FROM ciq_sessions WHERE teacher_id = 'MT2';
            """);
        await andi.WaitUntilAppliedAsync();
        await RefreshAsync();
        await ShouldEqualPostgresAsync();
        await ShouldBeAnOperatorsTableAsync("marts.school_months");
    }

    /// <summary>A test that was never able to fail is none.</summary>
    [Fact]
    public async Task That_marts_add_up_is_a_test_that_fails_where_they_do_not()
    {
        await WriteAsync();
        await andi.WaitUntilAppliedAsync();
        await RefreshAsync();
        await andi.WarehouseAsync("SYSTEM STOP VIEWS");
        var run = new DataTestRun(andi.Warehouse, TimeProvider.System) { Attempts = 1 };
        var test = DataTest.All().Single(test => test.Name == "coaching/marts_add_up");
        (await run.RunAsync(test, TestContext.Current.CancellationToken)).Status.ShouldBe(DataTestResult.Passed);

        await andi.WarehouseAsync($"INSERT INTO marts.`{await InnerTableAsync("school_months")}` SELECT * FROM marts.school_months");
        var failed = await run.RunAsync(test, TestContext.Current.CancellationToken);
        await andi.WarehouseAsync("SYSTEM START VIEWS");
        (failed.Status, failed.FailingRows).ShouldBe((DataTestResult.Failed, 2), failed.Message);
    }

    [Fact]
    public async Task Marts_are_refreshed_in_their_order_also_after_one_of_them_was_made_anew()
    {
        // The same files in another database, every second.
        await andi.WarehouseAsync("CREATE DATABASE IF NOT EXISTS hasty_marts");
        var files = MigrationCatalog.Embedded().Files.Where(file => file.Name.Contains("_mart_", StringComparison.Ordinal)).ToList();
        foreach (var file in files)
        {
            await MakeHastilyAsync(file);
        }

        await ShouldFollowAsync("district_months");
        await MakeHastilyAsync(files.Single(file => file.Name.EndsWith("teacher_weeks", StringComparison.Ordinal)));
        await ShouldFollowAsync("district_months");
        await andi.WarehouseAsync("DROP DATABASE hasty_marts");
    }

    /// <summary>Under its name wherever tables are told of, though its rows are in another that is named by an id.</summary>
    private async Task ShouldBeAnOperatorsTableAsync(string mart)
    {
        var rows = await andi.WarehouseAsync<long>($"SELECT count() FROM {mart}");
        var file = Path.Combine(TestState.Empty("mart-export"), "mart.csv");
        var export = await andi.RunAsync("export", mart, file);
        export.Code.ShouldBe(0, export.Error);
        (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length.ShouldBe((int)rows + 1);
        (await andi.RunAsync("performance")).Output.ShouldContain(mart);
        var health = (await andi.RunAsync("health")).Output.Split('\n').Where(line => line.Contains(mart, StringComparison.Ordinal)).ToList();
        health.ShouldContain(line => line.Contains("active parts", StringComparison.Ordinal));
        health.ShouldContain(line => line.Contains("the last refresh took", StringComparison.Ordinal));
    }

    private async Task MakeHastilyAsync(MigrationFile file)
    {
        foreach (var statement in file.Statements)
        {
            await andi.WarehouseAsync(
                statement.Replace("marts.", "hasty_marts.", StringComparison.Ordinal).Replace("EVERY 5 MINUTE", "EVERY 1 SECOND", StringComparison.Ordinal));
        }
    }

    /// <summary>Waits until the mart was refreshed twice more: the first may have been under way.</summary>
    private async Task ShouldFollowAsync(string mart)
    {
        for (var times = 0; times < 2; times++)
        {
            var before = await LastSuccessAsync();
            await AndiUnderTest.WaitAsync($"{mart} to be refreshed", async () => string.CompareOrdinal(await LastSuccessAsync(), before) > 0);
        }

        Task<string> LastSuccessAsync() => andi.WarehouseAsync<string>(
            "SELECT ifNull(max(toString(last_success_time)), '') FROM system.view_refreshes "
            + $"WHERE database = 'hasty_marts' AND view = '{mart}' AND exception = ''");
    }

    private Task<string> InnerTableAsync(string mart) =>
        andi.WarehouseAsync<string>($"SELECT concat('.inner_id.', toString(uuid)) FROM system.tables WHERE database = 'marts' AND name = '{mart}'");

    private async Task WriteAsync() => await andi.ExecuteAsync("""
        TRUNCATE ciq_sessions, resource_usage, community_activity, resources, teachers, schools, districts CASCADE;
        INSERT INTO districts SELECT 'MD' || i, 'District ' || i, 'ST' FROM generate_series(0, 2) AS i;
        INSERT INTO schools SELECT 'MS' || i, 'School ' || i, 'MD' || (i % 3) FROM generate_series(0, 6) AS i;
        INSERT INTO teachers SELECT 'MT' || i, 'Teacher ' || i, 'MS' || (i % 7) FROM generate_series(0, 19) AS i;
        INSERT INTO resources (resource_id, title, kind, subject, grade_band) VALUES ('MR', 'Title', 'video', 'math', '3-5');
        INSERT INTO ciq_sessions (session_id, teacher_id, subject, grade, started_at, duration_seconds, student_count, ciq_score, equity_score,
            wait_time_seconds, student_engagement, teacher_talk_ratio, open_questions, closed_questions, school_id, district_id, state_id)
        SELECT 'MC' || i, 'MT' || (i % 20), 'Math', '4', date_trunc('day', now()) - make_interval(hours => i * 7), 1800, 20,
            (i * 37 % 9000) / 100.0, (i * 53 % 10000) / 100.0, 2.5, 70, 0.5, 3, 4, 'MS' || (i % 20 % 7), 'MD' || (i % 20 % 7 % 3), 'ST'
        FROM generate_series(1, 900) AS i;
        INSERT INTO resource_usage (usage_id, resource_id, teacher_id, action, duration_seconds, rating, occurred_at, school_id, district_id, state_id)
        SELECT 'MU' || i, 'MR', 'MT' || (i % 20), 'view', 10, NULL, date_trunc('day', now()) - make_interval(hours => i * 11),
            'MS' || (i % 20 % 7), 'MD' || (i % 20 % 7 % 3), 'ST'
        FROM generate_series(1, 300) AS i;
        INSERT INTO community_activity (activity_id, teacher_id, kind, forum, occurred_at, school_id, district_id, state_id)
        SELECT 'MA' || i, 'MT' || (i % 20), 'post', 'forum', date_trunc('day', now()) - make_interval(hours => i * 13),
            'MS' || (i % 20 % 7), 'MD' || (i % 20 % 7 % 3), 'ST'
        FROM generate_series(1, 200) AS i;
        """);

    /// <summary>Refreshes every mart in order, now.</summary>
    private async Task RefreshAsync()
    {
        foreach (var mart in Model.All().Where(model => model.Layer == ModelLayer.Mart))
        {
            await andi.WarehouseAsync($"SYSTEM REFRESH VIEW {mart.Name}");
            await andi.WarehouseAsync($"SYSTEM WAIT VIEW {mart.Name}");
        }
    }

    private async Task ShouldEqualPostgresAsync()
    {
        const string Weeks = """
            SELECT teacher_id, school_id, week, sum(session) AS sessions, sum(ciq)::numeric(20, 2) AS ciq, sum(equity)::numeric(20, 2) AS equity,
                sum(use) AS uses, sum(contribution) AS contributions
            FROM
            (
                SELECT teacher_id, school_id, date_trunc('week', started_at AT TIME ZONE 'UTC')::date AS week,
                    1 AS session, ciq_score AS ciq, equity_score AS equity, 0 AS use, 0 AS contribution FROM ciq_sessions
                UNION ALL SELECT teacher_id, school_id, date_trunc('week', occurred_at AT TIME ZONE 'UTC')::date, 0, 0, 0, 1, 0 FROM resource_usage
                UNION ALL SELECT teacher_id, school_id, date_trunc('week', occurred_at AT TIME ZONE 'UTC')::date, 0, 0, 0, 0, 1 FROM community_activity
            ) AS anything
            GROUP BY teacher_id, school_id, week
            """;
        const string Sums = "sessions, toString(ciq_total), toString(equity_total), resource_uses, contributions";
        (await WarehouseTextAsync($"teacher_id, teacher_name, school_id, week, {Sums}", "marts.teacher_weeks")).ShouldBe(
            await SourceTextAsync($"""
                SELECT concat_ws(
                    '|', teacher_id, trim(name), w.school_id, week, sessions, trim_scale(ciq), trim_scale(equity), uses, contributions) AS row
                FROM ({Weeks}) AS w JOIN teachers USING (teacher_id)
                """));
        (await WarehouseTextAsync($"school_id, school_name, district_id, month, active_teachers, {Sums}", "marts.school_months")).ShouldBe(
            await SourceTextAsync($"""
                SELECT concat_ws(
                    '|', school_id, trim(name), district_id, date_trunc('month', week)::date, count(DISTINCT teacher_id),
                    sum(sessions), trim_scale(sum(ciq)), trim_scale(sum(equity)), sum(uses), sum(contributions)) AS row
                FROM ({Weeks}) AS w JOIN schools USING (school_id) GROUP BY school_id, name, district_id, date_trunc('month', week)
                """));
        (await WarehouseTextAsync($"district_id, district_name, month, active_schools, {Sums}", "marts.district_months")).ShouldBe(
            await SourceTextAsync($"""
                SELECT concat_ws(
                    '|', district_id, trim(districts.name), date_trunc('month', week)::date, count(DISTINCT school_id),
                    sum(sessions), trim_scale(sum(ciq)), trim_scale(sum(equity)), sum(uses), sum(contributions)) AS row
                FROM ({Weeks}) AS w JOIN schools USING (school_id) JOIN districts USING (district_id)
                GROUP BY district_id, districts.name, date_trunc('month', week)
                """));
    }

    private Task<string> WarehouseTextAsync(string columns, string table) =>
        andi.WarehouseAsync<string>($"SELECT arrayStringConcat(arraySort(groupArray(concatWithSeparator('|', {columns}))), '\\n') FROM {table}");

    private Task<string> SourceTextAsync(string rows) =>
        andi.SourceAsync<string>($"SELECT string_agg(row, E'\\n' ORDER BY row COLLATE \"C\") FROM ({rows}) AS rows");
}
