using System.Text.Json;
using Andi.IntegrationTests.Cli;
using Andi.Testing;

namespace Andi.IntegrationTests.Operations.Erasure;

/// <summary>A student who is erased is in no store any more, and no number but those of that student is another one than before.</summary>
public sealed class ErasureTests(EnginesFixture engines) : IAsyncLifetime
{
    private const int IsLeft = 3;

    private const string Groups = """
        SELECT arrayStringConcat(arraySort(groupArray(row)), '\n') FROM
        (
            SELECT toString(tuple(teacher_id, school_year, test_id, grade, school_id, month, sum(scores), sum(total), sumMap(histogram))) AS row
            FROM agg.classroom_scores WHERE _generation = 1
            GROUP BY teacher_id, school_year, test_id, grade, school_id, month HAVING sum(scores) != 0
        )
        """;

    private const string Students =
        "SELECT toString(tuple(uniqExact(student_id), count())) FROM facts.student_scores_current";

    private readonly AndiUnderTest _andi = new(engines);

    // What is searched for is in files that all tests share, and a leak that another test plants stays in them: each test has a name of its own.
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    private string Id => $"pupil-{_unique}-erase-me";

    // With letters that JSON escapes.
    private string Name => $"Ægidius {_unique}-Zörn";

    private string LaterName => $"Ægidius {_unique}-Later";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _andi.InitializeAsync();

    public ValueTask DisposeAsync() => _andi.DisposeAsync();

    [Fact]
    [Trait("Category", "Long")]
    public async Task Erased_student_is_in_no_file_while_every_aggregate_stays_and_planted_leaks_are_found()
    {
        await WriteHistoryAsync();
        var (groups, students) = (await _andi.WarehouseAsync<string>(Groups), await _andi.WarehouseAsync<string>(Students));
        (await FactsOfAsync(Id)).ShouldBe(2);
        (await ProveAsync()).Code.ShouldBe(IsLeft);

        var erased = await _andi.RunAsync("erase", Id, "--yes", "--json", "--wait", "00:01:00");
        erased.Code.ShouldBe(0, erased.Output + erased.Error);
        (erased.Output + erased.Error).ShouldNotContain(Id);

        await _andi.WaitUntilAppliedAsync();
        (await _andi.WarehouseAsync<string>(Groups)).ShouldBe(groups);
        (await _andi.WarehouseAsync<string>(Students)).ShouldBe(students);
        (await FactsOfAsync(Id)).ShouldBe(0);
        (await _andi.SourceAsync<long>("SELECT count(*) FROM scores JOIN students USING (student_id) WHERE name = 'erased'")).ShouldBe(2);
        await ChecksAsync();

        var proof = await ProveAsync();
        proof.Code.ShouldBe(0, proof.Output + proof.Error);
        await FindsPlantedLeaksAsync();

        // A second run finds nothing to do, and says so without an error.
        (await _andi.RunAsync("erase", Id, "--yes", "--wait", "00:00:20")).Code.ShouldBe(0);
        await RebuildsAsync(students);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Scores_go_from_every_aggregate_where_they_are_to_be_deleted()
    {
        await WriteHistoryAsync();
        await _andi.RunAsync("erase", "nobody-of-this-id", "--yes").ContinueWith(run => run.Result.Code.ShouldBe(1), Cancellation);

        // Cut off wherever that is: the next run does what is left.
        await _andi.KillAsync(TimeSpan.FromMilliseconds(1_500), "erase", Id, "--yes", "--scores", "delete");
        var erased = await _andi.RunAsync("erase", Id, "--yes", "--scores", "delete", "--wait", "00:01:00");
        erased.Code.ShouldBe(0, erased.Output + erased.Error);
        (await _andi.SourceAsync<long>("SELECT count(*) FROM scores WHERE student_id NOT IN ('P1', 'P2')")).ShouldBe(0);
        (await _andi.WarehouseAsync<long>("SELECT sum(scores) FROM agg.classroom_scores")).ShouldBe(2);
        await ChecksAsync();
        var proof = await ProveAsync();
        proof.Code.ShouldBe(0, proof.Output + proof.Error);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Restore_of_a_backup_from_before_erases_again()
    {
        await using var target = new AndiUnderTest(engines);
        await target.InitializeAsync();
        await WriteHistoryAsync();
        var folder = Path.Combine(TestState.Empty("erasure-backup"), "one");
        (await _andi.RunAsync("backup", folder)).Code.ShouldBe(0);
        (await _andi.RunAsync("erase", Id, "--yes", "--wait", "00:01:00")).Code.ShouldBe(0);
        var list = Path.Combine(TestState.Empty("erasure-list"), "erased.json");
        (await _andi.RunAsync("erase", "--list-to", list)).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(list, Cancellation)).ShouldNotContain(Id);

        var restored = await target.RunAsync("restore", folder, "--tombstones", list, "--wait", "00:01:00");

        restored.Code.ShouldBe(0, restored.Output + restored.Error);
        (await target.SourceAsync<long>($"SELECT count(*) FROM students WHERE student_id = '{Id}' OR name LIKE 'Ægidius%'")).ShouldBe(0);
        (await target.SourceAsync<long>("SELECT count(*) FROM scores JOIN students USING (student_id) WHERE name = 'erased'")).ShouldBe(2);
        (await target.WarehouseAsync<long>(
            $"SELECT count() FROM staging.students_changes WHERE student_id = '{Id}' OR name LIKE 'Ægidius%'")).ShouldBe(0);
        (await target.WarehouseAsync<long>($"SELECT count() FROM staging.scores_changes WHERE student_id = '{Id}'")).ShouldBe(0);
        (await target.WarehouseAsync<long>("SELECT count() FROM staging.students_changes WHERE _generation = 0 AND student_id = 'andi:erased'"))
            .ShouldBeGreaterThan(0);
        (await target.SourceAsync<long>("SELECT count(*) FROM andi.erasures")).ShouldBe(1);
    }

    private async Task WriteHistoryAsync()
    {
        await _andi.ExecuteAsync($"""
            INSERT INTO districts VALUES ('D1', 'District', 'CA');
            INSERT INTO schools VALUES ('S1', 'School', 'D1');
            INSERT INTO teachers VALUES ('T1', 'Teacher', 'S1', NULL), ('T2', 'Teacher', 'S1', NULL);
            INSERT INTO students VALUES ('{Id}', '{Name}', '4', 'S1'), ('P1', 'Student 1', '5', 'S1'), ('P2', 'Student 2', '5', 'S1');
            INSERT INTO tests VALUES ('M1', 'Test', 'math', 100), ('M2', 'Test', 'art', 100);
            INSERT INTO classes (class_id, name, school_id, teacher_id, school_year) VALUES ('C1', 'Class', 'S1', 'T1', '2025-2026');
            INSERT INTO enrollments (class_id, student_id, from_date) VALUES ('C1', '{Id}', '2025-09-01'), ('C1', 'P1', '2025-09-01');
            INSERT INTO scores
            SELECT
                'score-' || md5(student_id || test_id), student_id, 'T1', test_id, '2025-2026', date '2026-04-01', 70, 2, CAST('{"{}"}' AS jsonb),
                'S1', 'D1', 'CA', '5'
            FROM students CROSS JOIN tests WHERE test_id = 'M1' OR student_id LIKE 'pupil%'
            """);
        await _andi.ExecuteAsync($"UPDATE students SET grade = '5', name = '{LaterName}' WHERE student_id = '{Id}'");
        await _andi.ExecuteAsync($"UPDATE scores SET overall_score = 81.5, teacher_id = 'T2' WHERE student_id = '{Id}' AND test_id = 'M2'");
        await _andi.WaitUntilAppliedAsync();
    }

    private Task<long> FactsOfAsync(string id) =>
        _andi.WarehouseAsync<long>($"SELECT count() FROM facts.student_scores_current WHERE student_id = '{id}'");

    private Task<CommandLine.Outcome> ProveAsync() => _andi.RunAsync(
        "erase", Id, "--proof", "--name", Name, "--name", LaterName, "--in", _andi.StateFolder, "--in", _andi.WarehouseFolder);

    private async Task ChecksAsync()
    {
        var check = await _andi.RunAsync("check", "--part", "rows", "--part", "aggregates");
        check.Code.ShouldBe(0, check.Output + check.Error);
    }

    private async Task FindsPlantedLeaksAsync()
    {
        await FindsAsync(
            () => _andi.ExecuteAsync($"UPDATE teachers SET name = '{Name}' WHERE teacher_id = 'T1'"), "postgres",
            () => _andi.ExecuteAsync("UPDATE teachers SET name = 'Teacher' WHERE teacher_id = 'T1'"));
        await FindsAsync(
            () => _andi.WarehouseAsync($"INSERT INTO facts.student_score_places VALUES (1, '{Id}', 'T1', '2025-2026', 'M1', '2026-04-01')"), "clickhouse",
            () => _andi.WarehouseAsync($"ALTER TABLE facts.student_score_places DELETE WHERE student_id = '{Id}' SETTINGS mutations_sync = 2"));
        var log = Path.Combine(_andi.StateFolder, "logs", $"planted-{Guid.NewGuid():N}.log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        await FindsAsync(
            () => File.WriteAllTextAsync(log, $"a line of {JsonSerializer.Serialize(LaterName)}", Cancellation), log,
            () =>
            {
                File.Delete(log);
                return Task.CompletedTask;
            });
    }

    private async Task FindsAsync(Func<Task> plant, string where, Func<Task> remove)
    {
        await plant();
        var proof = await ProveAsync();
        proof.Code.ShouldBe(IsLeft, proof.Output + proof.Error);
        proof.Output.Split('\n').ShouldContain(line => line.StartsWith("LEFT", StringComparison.Ordinal) && line.Contains(where, StringComparison.Ordinal));
        await remove();
    }

    private async Task RebuildsAsync(string students)
    {
        var resync = await _andi.RunAsync("resync");
        resync.Code.ShouldBe(0, resync.Output + resync.Error);
        (await _andi.WarehouseAsync<string>(Students)).ShouldBe(students);
        (await FactsOfAsync(Id)).ShouldBe(0);
    }
}
