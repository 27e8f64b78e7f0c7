using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Topology;
using Andi.Warehouse.Checks;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Andi.Warehouse.Retention;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse.Retention;

/// <summary>For how many years rows count is one number, which views, tables and the analytics API follow. A ClickHouse of each test's own.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const string Ttls = """
        SELECT groupUniqArray(toUInt16(extract(engine_full, 'toIntervalMonth\\((\\d+)\\)'))) AS months
        FROM system.tables WHERE database IN ('staging', 'facts', 'agg') AND engine_full LIKE '%toIntervalMonth%'
        """;

    private readonly ClickHouseFixture _clickHouse = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _clickHouse.InitializeAsync();

    public ValueTask DisposeAsync() => _clickHouse.DisposeAsync();

    [Fact]
    public async Task By_default_five_years_count_as_the_files_say_and_saying_so_changes_nothing()
    {
        (await MigrateAsync(null)).Retention.ShouldBeNull();
        (await MonthsOfTtlsAsync()).ShouldBe([61, 62]);
        (await MonthsAsync()).Years.ShouldBe(RetentionLimits.DefaultYears);
        (await OldestMonthAsync()).ShouldBe(ScoreRow.OldestMonth);
        var mutations = await ScalarAsync<long>("SELECT count() FROM system.mutations");
        (await MigrateAsync(null)).AreNone.ShouldBeTrue();
        (await MigrateAsync(5)).AreNone.ShouldBeTrue();
        (await ScalarAsync<long>("SELECT count() FROM ops.retention")).ShouldBe(1);
        (await ScalarAsync<long>("SELECT count() FROM system.mutations")).ShouldBe(mutations);
    }

    [Fact]
    public async Task Warehouse_that_is_told_at_once_is_made_with_that_number_and_keeps_it()
    {
        var made = await MigrateAsync(7);
        (made.Retention!.Years, made.Retention.Tables.Count, made.Retention.Warning).ShouldBe((7, 0, null));
        (await MonthsOfTtlsAsync()).ShouldBe([(7 * 12) + 1, (7 * 12) + 2]);
        (await OldestMonthAsync()).ShouldBe(FirstOfMonth(DateOnly.FromDateTime(DateTime.UtcNow).AddYears(-7)));

        (await MigrateAsync(null)).AreNone.ShouldBeTrue();
        (await MonthsAsync()).Years.ShouldBe(7);
    }

    [Fact]
    public async Task Term_of_months_that_an_area_has_of_its_own_stays_whatever_years_count()
    {
        var own = MigrationFile.Parse(
            "own/tables/V001__agg_own.sql",
            "CREATE TABLE IF NOT EXISTS agg.own (month Date) ENGINE = MergeTree ORDER BY month TTL month + INTERVAL 13 MONTH;\n");
        var catalog = new MigrationCatalog([.. MigrationCatalog.Embedded().Files, own]);
        await MigrateAsync(null, catalog);

        var raised = await MigrateAsync(7, catalog);

        raised.Retention!.Tables.ShouldNotContain("agg.own");
        raised.Retention.Tables.ShouldContain("agg.school_scores");
        (await ScalarAsync<string>("SELECT engine_full FROM system.tables WHERE database = 'agg' AND name = 'own'"))
            .ShouldContain("TTL month + toIntervalMonth(13)");
        (await MonthsOfTtlsAsync()).ShouldBe([13, (7 * 12) + 1, (7 * 12) + 2]);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Fewer_years_count_at_once_and_answers_are_the_same_once_rows_are_dropped()
    {
        await MigrateAsync(null);
        var (counts, stands, dropped) = await LandAsync(generation: 1);
        (await StudentsAsync()).ShouldBe([counts, stands, dropped]);

        var lowered = await MigrateAsync(3);

        lowered.Retention!.Warning!.ShouldContain("Only the last 3 years count");
        lowered.Retention.Tables.ShouldContain("agg.classroom_scores");
        lowered.Retention.Tables.ShouldContain("staging.scores_changes");
        (await MonthsOfTtlsAsync()).ShouldBe([37, 38]);
        (await StudentsAsync()).ShouldBe([counts]);
        await MaterializeAsync();
        (await StudentsAsync()).ShouldBe([counts]);
        // In derived tables the margin is two months.
        (await ScalarAsync<string>("SELECT arrayStringConcat(arraySort(groupUniqArray(student_id)), ' ') FROM facts.student_scores"))
            .ShouldBe($"{counts} {stands}");
        (await ScalarAsync<long>("SELECT sum(scores) FROM agg.school_scores")).ShouldBe(2);
        await ChecksShouldFindNothingAsync(generation: 1);
        (await MigrateAsync(null)).AreNone.ShouldBeTrue();
        (await MonthsAsync()).Years.ShouldBe(3);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task More_years_count_from_the_next_rebuild_on_as_rows_may_be_gone()
    {
        await MigrateAsync(3);
        var (counts, stands, dropped) = await LandAsync(generation: 1);
        await MaterializeAsync();
        var oldest = await OldestMonthAsync();

        var raised = await MigrateAsync(5);

        raised.Retention!.Warning!.ShouldContain("run 'resync'");
        raised.Retention.Warning!.ShouldContain($"before {oldest:yyyy-MM}");
        (await MonthsOfTtlsAsync()).ShouldBe([61, 62]);
        // What still stands of the months before is not all of them.
        (await OldestMonthAsync()).ShouldBe(oldest);
        (await StudentsAsync()).ShouldBe([counts]);
        await ChecksShouldFindNothingAsync(generation: 1);

        await LandAsync(generation: 2);
        (await StudentsAsync()).ShouldBe([counts], "readers still see generation 1");
        await _clickHouse.Client.ExecuteAsync(new("INSERT INTO ops.generations (switch, generation, reason) VALUES (2, 2, 'rebuilt')"), Cancel);

        (await OldestMonthAsync()).ShouldBe(ScoreRow.OldestMonth);
        (await StudentsAsync()).ShouldBe([counts, stands, dropped]);
        await MaterializeAsync();
        (await StudentsAsync()).ShouldBe([counts, stands, dropped]);
        await ChecksShouldFindNothingAsync(generation: 2);
        (await MonthsAsync()).Oldest(1, DateTimeOffset.UtcNow).ShouldBe(oldest);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Migration_that_was_cut_off_between_readers_and_tables_is_finished()
    {
        await MigrateAsync(null);
        await LandAsync(generation: 1);
        await _clickHouse.Client.ExecuteAsync(new("INSERT INTO ops.retention (change, years, complete_from, generations) VALUES (2, 3, toDate(0), 0)"), Cancel);
        await _clickHouse.Client.ExecuteAsync(new("ALTER TABLE agg.school_scores MODIFY TTL month + INTERVAL 38 MONTH"), Cancel);

        var finished = await MigrateAsync(null);

        (finished.Retention!.IsOfYears, finished.Retention.Tables.Contains("agg.school_scores"), finished.Retention.Tables.Contains("agg.classroom_scores"))
            .ShouldBe((false, false, true));
        (await MonthsOfTtlsAsync()).ShouldBe([37, 38]);
    }

    /// <summary>
    /// Three students of one classroom: one who counts whether three years or five do, one of a month that only five count but three keep, one that three
    /// drop.
    /// </summary>
    private async Task<(string Counts, string Stands, string Dropped)> LandAsync(uint generation)
    {
        var writer = new LandingWriter(_clickHouse.Client, await ExactlyOnceSettings.DiscoverAsync(_clickHouse.Client, Cancel), generation);
        var thisMonth = FirstOfMonth(DateOnly.FromDateTime(DateTime.UtcNow));
        ScoreRow[] scores =
        [
            Score("P1", thisMonth.AddYears(-3)), Score("P2", thisMonth.AddYears(-3).AddDays(-1)), Score("P3", thisMonth.AddYears(-3).AddMonths(-3)),
        ];
        await writer.InsertAsync(
            "scores_changes",
            writer.Rows(scores.Select((row, n) => new Change<ScoreRow>(null, row, (UInt128)(ulong)(n + 1) << 32)), LandingWriter.Columns),
            $"retention/{generation}",
            Cancel);
        return ("P1", "P2", "P3");
    }

    private static ScoreRow Score(string student, DateOnly date) => new(
        $"{student}-X1", student, "T1", "X1", "2025-2026", date, "scored", 80, 3, new Dictionary<string, decimal> { ["logic"] = 70 }, "C1", "D1", "ST", "5");

    /// <summary>Who has a score, by the view of the facts; their number is that of the aggregates' views.</summary>
    private async Task<string[]> StudentsAsync()
    {
        var students = (await ScalarAsync<string>("SELECT arrayStringConcat(arraySort(groupArray(student_id)), ' ') FROM facts.student_scores_current"))
            .Split(' ');
        foreach (var aggregate in new[] { "classroom_scores", "school_scores", "district_scores" })
        {
            (await ScalarAsync<long>($"SELECT sum(scores) FROM agg.{aggregate}_current")).ShouldBe(students.Length, aggregate);
        }

        return students;
    }

    private async Task MaterializeAsync()
    {
        foreach (var table in (string[])["facts.student_scores", "agg.classroom_scores", "agg.school_scores", "agg.district_scores", "staging.scores_changes"])
        {
            await _clickHouse.Client.ExecuteAsync(new($"ALTER TABLE {table} MATERIALIZE TTL SETTINGS mutations_sync = 2"), Cancel);
            await _clickHouse.Client.ExecuteAsync(new($"OPTIMIZE TABLE {table} FINAL"), Cancel);
        }
    }

    private async Task ChecksShouldFindNothingAsync(uint generation)
    {
        var oldest = await OldestMonthAsync();
        foreach (var check in WarehouseCheck.All().Where(check => check.SourceSql is null))
        {
            var found = await _clickHouse.Client.ScalarAsync<long>(
                new($"SELECT count() FROM ({check.Sql})") { Parameters = new() { { "generation", generation }, { "oldest", oldest } } }, Cancel);
            found.ShouldBe(0, check.Table);
        }
    }

    /// <summary>As readers have it, whichever way they read it.</summary>
    private async Task<DateOnly> OldestMonthAsync()
    {
        var month = await ScalarAsync<DateOnly>("SELECT month FROM ops.oldest_month");
        (await ScalarAsync<DateOnly>("SELECT andi_oldest_month()")).ShouldBe(month);
        (await MonthsAsync()).Oldest(await ScalarAsync<uint>("SELECT generation FROM ops.current_generation"), DateTimeOffset.UtcNow).ShouldBe(month);
        return month;
    }

    private Task<RetainedMonths> MonthsAsync() => RetainedMonths.ReadAsync(_clickHouse.Client, Cancel);

    private async Task<int[]> MonthsOfTtlsAsync() =>
        [.. (await ScalarAsync<string>(Ttls)).Trim('[', ']').Split(',').Select(number => int.Parse(number, null)).Order()];

    private Task<WarehouseChanges> MigrateAsync(int? years, MigrationCatalog? catalog = null) =>
        new WarehouseMigrator(_clickHouse.Client, catalog ?? MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
        {
            RetentionYears = years,
            RetentionGrace = TimeSpan.Zero,
        }.MigrateAsync(cancellationToken: Cancel);

    private Task<T> ScalarAsync<T>(string sql)
        where T : IParsable<T> => _clickHouse.Client.ScalarAsync<T>(new(sql), Cancel);

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}
