using System.Text.Json;

namespace Andi.IntegrationTests.Operations;

/// <summary>
/// What was broken on purpose is found, each by the part of the check that is there for it. The damage of one test stays for the next ones; each looks
/// for its own.
/// </summary>
public sealed class BrokenDataTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    private const int Differs = 3;

    [Fact]
    public async Task Row_that_is_gone_from_the_landing_table_is_missed_at_its_offset()
    {
        await FillAsync();
        var offset = await andi.WarehouseAsync<long>("SELECT _offset FROM staging.scores_changes WHERE _sign = 1 ORDER BY _offset LIMIT 1 OFFSET 7");
        await andi.WarehouseAsync($"ALTER TABLE staging.scores_changes DELETE WHERE _offset = {offset} SETTINGS mutations_sync = 2");

        var found = await FindAsync("offsets", $"{andi.TopicPrefix}.public.scores [0]", $"offset {offset}");
        found.GetProperty("stands").GetString().ShouldBe("no row");
        found.GetProperty("should").GetString()!.ShouldStartWith("1 rows, 0 retractions");
    }

    [Fact]
    public async Task Row_that_landed_twice_is_found_at_its_offset()
    {
        await FillAsync();
        var offset = await andi.WarehouseAsync<long>("SELECT _offset FROM staging.students_changes WHERE _sign = 1 ORDER BY _offset LIMIT 1 OFFSET 3");
        await andi.WarehouseAsync($"INSERT INTO staging.students_changes SELECT * FROM staging.students_changes WHERE _offset = {offset}");

        var found = await FindAsync("offsets", $"{andi.TopicPrefix}.public.students [0]", $"offset {offset}");
        found.GetProperty("stands").GetString().ShouldBe("2 rows, 0 retractions");
    }

    [Fact]
    public async Task Offsets_that_count_as_applied_and_were_never_there_are_found()
    {
        await FillAsync();
        await andi.ExecuteOnLedgerAsync($"UPDATE partitions SET applied_offset = applied_offset + 100000 WHERE topic = '{andi.TopicPrefix}.public.districts'");

        var output = await RunAsync("offsets");
        await andi.ExecuteOnLedgerAsync($"UPDATE partitions SET applied_offset = applied_offset - 100000 WHERE topic = '{andi.TopicPrefix}.public.districts'");

        DifferencesOf(output, "offsets", $"{andi.TopicPrefix}.public.districts [0]").ShouldHaveSingleItem()
            .GetProperty("should").GetString().ShouldBe("Kafka has no such offset");
    }

    [Theory]
    [InlineData("agg.classroom_scores")]
    [InlineData("agg.school_scores")]
    [InlineData("agg.district_scores")]
    [InlineData("agg.dimension_scores")]
    [InlineData("agg.district_score_values")]
    [InlineData("agg.district_score_bands")]
    public async Task Group_that_was_added_to_differs_from_its_recomputation(string table)
    {
        await FillAsync();
        await andi.WarehouseAsync($"INSERT INTO {table} SELECT * FROM {table} WHERE scores > 0 LIMIT 1");

        DifferencesOf(await RunAsync("aggregates"), "aggregates", table).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Place_where_no_score_ever_stood_is_found_and_so_is_one_that_is_missing()
    {
        await FillAsync();
        await andi.WarehouseAsync("""
            INSERT INTO facts.student_score_places (_generation, student_id, teacher_id, school_year, test_id, month)
            VALUES (1, 'nobody', 'T1', '2026', 'M1', toStartOfMonth(today()))
            """);
        var student = await andi.WarehouseAsync<string>("SELECT min(student_id) FROM facts.student_scores_current WHERE student_id != ''");
        await andi.WarehouseAsync($"ALTER TABLE facts.student_score_places DELETE WHERE student_id = '{student}' SETTINGS mutations_sync = 2");

        var keys = DifferencesOf(await RunAsync("aggregates"), "aggregates", "facts.student_score_places")
            .ConvertAll(found => found.GetProperty("key").GetString()!);
        keys.ShouldContain(key => key.Contains("'nobody'", StringComparison.Ordinal));
        keys.ShouldContain(key => key.Contains($"'{student}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Table_of_aggregates_without_a_check_is_itself_a_difference()
    {
        await FillAsync();
        await andi.WarehouseAsync("CREATE TABLE agg.forgotten (_generation UInt32) ENGINE = MergeTree ORDER BY _generation");

        var output = await RunAsync("aggregates");
        await andi.WarehouseAsync("DROP TABLE agg.forgotten");

        DifferencesOf(output, "aggregates", "tables without a check").ShouldHaveSingleItem().GetProperty("key").GetString().ShouldBe("agg.forgotten");
    }

    [Fact]
    public async Task Fact_that_was_changed_differs_from_PostgreSQL_in_that_column()
    {
        await FillAsync();
        var score = await andi.SourceAsync<string>("SELECT min(score_id) FROM scores");
        await andi.WarehouseAsync(
            $"ALTER TABLE facts.student_scores UPDATE overall_performance_level = 9 WHERE score_id = '{score}' SETTINGS mutations_sync = 2");

        var found = await FindAsync("rows", "facts.student_scores", score);
        found.GetProperty("stands").GetString().ShouldBe("level: '9'");
    }

    [Fact]
    public async Task Row_that_PostgreSQL_has_otherwise_or_not_at_all_is_found()
    {
        await FillAsync();
        await andi.WarehouseAsync("ALTER TABLE dims.students UPDATE name = 'Nobody was told' WHERE student_id = 'P1' SETTINGS mutations_sync = 2");
        await andi.WarehouseAsync("INSERT INTO dims.students SELECT * REPLACE ('Nobody' AS student_id) FROM dims.students FINAL LIMIT 1");

        var output = await RunAsync("rows");
        var changed = Single(output, "rows", "dims.students", "P1");
        (changed.GetProperty("stands").GetString(), changed.GetProperty("should").GetString()).ShouldBe(("name: 'Nobody was told'", "name: 'Student 1'"));
        Single(output, "rows", "dims.students", "Nobody").GetProperty("should").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Score_of_a_student_whom_the_warehouse_has_lost_fails_a_data_test()
    {
        await FillAsync();
        var student = await andi.SourceAsync<string>("SELECT max(student_id) FROM scores");
        await andi.WarehouseAsync($"ALTER TABLE dims.students DELETE WHERE student_id = '{student}' SETTINGS mutations_sync = 2");

        var found = DifferencesOf(await RunAsync("tests"), "tests", "assessments/student_scores_have_a_student");
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(row =>
            row.GetProperty("key").GetString()!.Contains($"'{student}'") && row.GetProperty("should").GetString() == "Every score is of a known student.");
    }

    private async Task FillAsync()
    {
        if (await andi.SourceAsync<long>("SELECT count(*) FROM tests") == 0)
        {
            var changes = new SchoolChanges(andi, 2);
            await changes.CreateAsync();
            await changes.ChangeAsync(40);
        }

        await andi.WaitUntilAppliedAsync();
    }

    private async Task<JsonElement> FindAsync(string part, string subject, string key) => Single(await RunAsync(part), part, subject, key);

    private async Task<JsonElement> RunAsync(string part)
    {
        var check = await andi.RunAsync("check", "--json", "--part", part);
        check.Code.ShouldBe(Differs, check.Output + check.Error);
        return JsonDocument.Parse(check.Output).RootElement;
    }

    private static JsonElement Single(JsonElement output, string part, string subject, string key) =>
        DifferencesOf(output, part, subject).Where(found => found.GetProperty("key").GetString() == key).ShouldHaveSingleItem();

    private static List<JsonElement> DifferencesOf(JsonElement output, string part, string subject) =>
    [
        .. output.GetProperty("findings").EnumerateArray()
            .Single(finding => finding.GetProperty("part").GetString() == part && finding.GetProperty("subject").GetString() == subject)
            .GetProperty("shown").EnumerateArray(),
    ];
}
