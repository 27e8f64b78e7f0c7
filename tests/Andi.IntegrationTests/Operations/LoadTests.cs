using System.Globalization;
using System.Text.Json;
using Andi.Testing;

namespace Andi.IntegrationTests.Operations;

/// <summary>Files straight into staging: all rows of a file count, once, or none, whatever happens to the command.</summary>
public sealed class LoadTests(StoresUnderTest stores) : IClassFixture<StoresUnderTest>
{
    private const string Table = "teacher_licenses";
    private const string Header = "teacher_id,product,valid_from,valid_until,status";

    private readonly AndiUnderTest _andi = stores.Andi;
    private readonly string _id = Guid.NewGuid().ToString("N")[..8];
    private readonly string _folder = TestState.Empty($"load-{Guid.NewGuid():N}"[..16]);

    [Fact]
    public async Task File_is_loaded_once_under_whatever_name()
    {
        var file = Write(
            "first.csv",
            "\uFEFFstatus,valid_from,\"valid_until\",product,teacher_id\r\n",
            $"granted,2025-09-01,,\"coaching\",\"{_id} \"\"1\"\", a\"\r\n",
            $"granted,2025-09-01,2026-06-30,resources,{_id}-2");
        (await LoadAsync(file, "--dry-run")).ShouldBe("Valid");
        (await RecordsAsync(), await RowsAsync()).ShouldBe((0, 0));

        (await LoadAsync(file)).ShouldBe("Loaded");
        (await LicensesAsync()).ShouldBe([$"{_id} \"1\", a|coaching|2025-09-01||granted|2", $"{_id}-2|resources|2025-09-01|2026-06-30|granted|3"]);

        // Rows of another attempt at the file count for nobody, and go when the file is loaded again.
        await _andi.WarehouseAsync($"""
            INSERT INTO staging.{Table}
            SELECT concat(teacher_id, '-stray'), product, valid_from, valid_until, status, _file_id, generateUUIDv4(), _line
            FROM staging.{Table} WHERE startsWith(teacher_id, '{_id}')
            """);
        ((await LicensesAsync()).Length, await RowsAsync()).ShouldBe((2, 4));
        File.Move(file, file = Path.Combine(_folder, "second.csv"));
        (await LoadAsync(file)).ShouldBe("AlreadyLoaded");
        (await LoadAsync(file, "--dry-run")).ShouldBe("AlreadyLoaded");
        (await _andi.RunAsync("load", $"staging.{Table}", file)).Output.ShouldContain("as first.csv with 2 rows; nothing was changed");
        ((await LicensesAsync()).Length, await RecordsAsync(), await RowsAsync()).ShouldBe((2, 1, 2));
    }

    /// <summary>A file for programs comes back as it was, also what a spreadsheet would run; one for people does not, and says so by an apostrophe.</summary>
    [Fact]
    public async Task Raw_export_can_be_loaded_again()
    {
        var rows = new[] { $"{_id}-1,=1+1,2025-09-01,,granted", $"{_id}-2,-5,2025-09-01,2026-06-30,granted" };
        (await LoadAsync(Write("given.csv", Header, rows))).ShouldBe("Loaded");
        var (raw, plain) = (Path.Combine(_folder, "raw.csv"), Path.Combine(_folder, "plain.csv"));
        (await _andi.RunAsync("export", $"staging.{Table}", raw, "--raw")).Code.ShouldBe(0);
        (await _andi.RunAsync("export", $"staging.{Table}", plain)).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(plain, TestContext.Current.CancellationToken)).ShouldContain($"\"{_id}-1\",\"'=1+1\",");
        var given = await WithoutLinesAsync();
        given.ShouldBe([$"{_id}-1|=1+1|2025-09-01||granted", $"{_id}-2|-5|2025-09-01|2026-06-30|granted"]);

        (await LoadAsync(raw)).ShouldBe("Loaded");

        (await WithoutLinesAsync()).ShouldBe(given);

        async Task<string[]> WithoutLinesAsync() => [.. (await LicensesAsync()).Select(row => row[..row.LastIndexOf('|')])];
    }

    [Fact]
    public async Task Of_a_licence_the_file_that_was_loaded_last_counts_and_loading_an_older_one_again_changes_nothing()
    {
        var first = Write(
            "september.csv", Header, $"{_id}-1,coaching,2025-09-01,,granted", $"{_id}-2,coaching,2025-09-01,,granted", $"{_id}-3,coaching,2025-09-01,,granted");
        var second = Write(
            "october.csv", Header, $"{_id}-1,coaching,2025-09-01,,withdrawn",
            $"{_id}-2,coaching,2025-09-01,2025-10-15,granted", $"{_id}-2,coaching,2025-09-01,2025-10-31,granted");
        (await LoadAsync(first)).ShouldBe("Loaded");
        (await LoadAsync(second)).ShouldBe("Loaded");
        (await LoadAsync(first)).ShouldBe("AlreadyLoaded");
        (await LicensesAsync()).ShouldBe(
            [$"{_id}-1|coaching|2025-09-01||withdrawn|2", $"{_id}-2|coaching|2025-09-01|2025-10-31|granted|4", $"{_id}-3|coaching|2025-09-01||granted|4"]);
        (await _andi.WarehouseAsync<string>(
            "SELECT toString(arraySort(groupArray((teacher_id, toString(valid_until))))) FROM models.stg_teacher_licenses "
            + $"WHERE startsWith(teacher_id, '{_id}')"))
            .ShouldBe($"[('{_id}-2','2025-10-31'),('{_id}-3','2149-06-06')]");
    }

    [Fact]
    public async Task File_with_a_bad_row_loads_nothing_and_tells_every_line()
    {
        var file = Write(
            "bad.csv", Header, $"{_id}-1,coaching,2025-09-01,,granted", $"\"{_id}\n2\",coaching,2025-9-1,,granted",
            $"{_id}-3,,2025-09-01,2025-02-30,lent", $"{_id}-4,coaching,2025-09-01");
        var refused = await _andi.RunAsync("load", Table, file);
        refused.Code.ShouldBe(1, refused.Error);
        refused.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe([
            $"{file}:3: valid_from must be a day such as 2026-05-01, not '2025-9-1'",
            $"{file}:5: product is empty",
            $"{file}:5: valid_until must be a day such as 2026-05-01, not '2025-02-30'",
            $"{file}:5: status must be one of granted, withdrawn, not 'lent'",
            $"{file}:6: has 3 fields, the header has 5",
            $"{file}: not loaded: 3 rows are wrong.",
        ]);

        // A rule of the table's own, which ClickHouse looks at: the rows before it are gone, too.
        var before = Write("before.csv", Header, $"{_id}-1,coaching,2025-09-01,2025-09-01,granted", $"{_id}-2,coaching,2025-09-02,2025-09-01,granted");
        var ruled = await _andi.RunAsync("load", Table, before);
        ruled.Code.ShouldBe(1, ruled.Error);
        ruled.Output.ShouldContain($"{before}:3: violates the table's rule ends_after_it_began");
        var tried = await _andi.RunAsync("load", Table, before, "--dry-run");
        (tried.Code, tried.Output).ShouldBe((ruled.Code, ruled.Output), "a dry run says what a run would");
        var header = await _andi.RunAsync("load", Table, Write("header.csv", "teacher_id,product", "1,2"), "--json");
        (header.Code, JsonDocument.Parse(header.Output).RootElement.GetProperty("rejects").GetArrayLength()).ShouldBe((1, 3));
        (await RowsAsync(), await RecordsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Sample_in_the_documentation_can_be_loaded() =>
        (await LoadAsync(Path.Combine(TestState.Solution(), "docs", "samples", "teacher_licenses.csv"), "--dry-run")).ShouldBe("Valid");

    [Theory]
    [InlineData(
        "scores_changes", "staging.scores_changes is filled from the changes of PostgreSQL, not from files. Files can be loaded into teacher_licenses.")]
    [InlineData("staging.nothing", "There is no table 'staging.nothing'. Files can be loaded into teacher_licenses.")]
    [InlineData("dims.teachers", "There is no table 'dims.teachers'.")]
    public async Task Only_tables_that_take_files_are_loaded_and_they_are_named(string table, string why)
    {
        var refused = await _andi.RunAsync("load", table, Write("any.csv", Header));
        (refused.Code, refused.Error.Contains(why, StringComparison.Ordinal)).ShouldBe((1, true), refused.Error);
        (await _andi.RunAsync("load", Table, Path.Combine(_folder, "nowhere.csv"))).Error.ShouldContain("nowhere.csv cannot be read");
    }

    [Fact]
    public async Task Load_that_ends_between_insert_and_record_does_not_count_and_is_exact_when_it_is_repeated()
    {
        var file = Write("cut.csv", Header, [.. Many(1_000)]);
        await _andi.WarehouseAsync("ALTER TABLE ops.loaded_files ADD CONSTRAINT nothing CHECK rows = 0");
        (await _andi.RunAsync("load", Table, file)).Code.ShouldBe(1);
        (await RowsAsync(), (await LicensesAsync()).Length).ShouldBe((1_000, 0));
        await _andi.WarehouseAsync("ALTER TABLE ops.loaded_files DROP CONSTRAINT nothing");

        (await LoadAsync(file)).ShouldBe("Loaded");
        ((await LicensesAsync()).Length, await RecordsAsync(), await RowsAsync()).ShouldBe((1_000, 1, 1_000));
    }

    [Fact]
    public async Task Load_that_is_killed_at_any_time_counts_whole_or_not_at_all()
    {
        const int Rows = 100_000;
        var file = Write("killed.csv", Header, [.. Many(Rows)]);
        for (var milliseconds = 300; milliseconds <= 1_500; milliseconds += 150)
        {
            await _andi.KillAsync(TimeSpan.FromMilliseconds(milliseconds), "load", Table, file);
            (await CountAsync()).ShouldBeOneOf(0, Rows);
        }

        (await LoadAsync(file)).ShouldBeOneOf("Loaded", "AlreadyLoaded");
        (await CountAsync(), await RecordsAsync(), await RowsAsync()).ShouldBe((Rows, 1, Rows));
    }

    [Fact]
    public async Task Loads_of_one_file_at_the_same_time_count_once()
    {
        const int Rows = 1_000;
        var file = Write("same.csv", Header, [.. Many(Rows)]);
        // Recording takes three seconds, so all have looked for a record before there is one.
        await _andi.WarehouseAsync("ALTER TABLE ops.loaded_files ADD CONSTRAINT slow CHECK sleepEachRow(3) = 0");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _andi.RunAsync("load", Table, file, "--json")));
        await _andi.WarehouseAsync("ALTER TABLE ops.loaded_files DROP CONSTRAINT slow");
        outcomes.ShouldAllBe(outcome => outcome.Code == 0, string.Join('\n', outcomes.Select(outcome => outcome.Output + outcome.Error)));
        // They met: more than one has inserted rows.
        outcomes.Count(outcome => outcome.Error.Contains("loading same.csv", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
        outcomes.Count(outcome => Outcome(outcome.Output) == "Loaded").ShouldBe(1);

        (await LoadAsync(file)).ShouldBe("AlreadyLoaded");
        (await CountAsync(), await RecordsAsync(), await RowsAsync()).ShouldBe((Rows, 1, Rows));
    }

    private IEnumerable<string> Many(int count) =>
        Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{_id}-{number},coaching,2025-09-01,,granted"));

    private string Write(string name, string header, params string[] rows)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, header.EndsWith('\n') ? header + string.Concat(rows) : $"{header}\n{string.Join('\n', rows)}\n");
        return file;
    }

    private async Task<string> LoadAsync(string file, params string[] options)
    {
        var outcome = await _andi.RunAsync(["load", Table, file, "--json", .. options]);
        outcome.Code.ShouldBe(0, outcome.Output + outcome.Error);
        return Outcome(outcome.Output);
    }

    private static string Outcome(string json) => JsonDocument.Parse(json).RootElement.GetProperty("outcome").GetString()!;

    /// <summary>What counts of this test's licences, with its line in the file.</summary>
    private async Task<string[]> LicensesAsync()
    {
        var text = await _andi.WarehouseAsync<string>($"""
            SELECT arrayStringConcat(arraySort(groupArray(concat(
                teacher_id, '|', product, '|', toString(valid_from), '|', ifNull(toString(valid_until), ''), '|', status, '|', toString(line)))), '\n')
            FROM staging.{Table}_current WHERE startsWith(teacher_id, '{_id}')
            """);
        return text.Length == 0 ? [] : text.Split('\n');
    }

    private Task<long> CountAsync() => _andi.WarehouseAsync<long>($"SELECT count() FROM staging.{Table}_current WHERE startsWith(teacher_id, '{_id}')");

    /// <summary>Rows that are there of this test's files, whether they count or not.</summary>
    private Task<long> RowsAsync() => _andi.WarehouseAsync<long>($"SELECT count() FROM staging.{Table} WHERE startsWith(teacher_id, '{_id}')");

    private Task<long> RecordsAsync() =>
        _andi.WarehouseAsync<long>(
            $"SELECT count() FROM ops.loaded_files WHERE file_id IN (SELECT DISTINCT _file_id FROM staging.{Table} WHERE startsWith(teacher_id, '{_id}'))");
}
