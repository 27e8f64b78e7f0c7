using System.Globalization;
using System.Text.Json;
using Andi.Testing;

namespace Andi.IntegrationTests.Operations;

/// <summary>Exported files hold exactly the rows that stand.</summary>
public sealed class ExportTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    [Fact]
    public async Task Each_format_holds_the_rows_that_stand_and_no_others()
    {
        var changes = new SchoolChanges(andi, 51);
        await changes.CreateAsync();
        await changes.ChangeAsync(40);
        await andi.ExecuteAsync("""
            INSERT INTO districts VALUES ('quote', 'A "quoted", comma''d name', 'TX');
            DELETE FROM districts WHERE district_id = 'quote';
            INSERT INTO districts VALUES ('q2', 'A "quoted", name', 'TX');
            INSERT INTO districts VALUES ('-3', '=HYPERLINK("there")', 'TX');
            UPDATE districts SET state_id = 'NV' WHERE district_id = 'q2'
            """);
        await andi.WaitUntilAppliedAsync();
        // Rows of another generation are nobody's.
        await andi.WarehouseAsync("INSERT INTO dims.districts (_generation, district_id, name) VALUES (7, 'other', 'Other')");
        await andi.WarehouseAsync("INSERT INTO staging.districts_changes (district_id, _sign, _generation, _committed_at) VALUES ('other', 1, 8, now())");
        var folder = TestState.Empty("export");

        var scores = await ExportAsync("facts.student_scores", Path.Combine(folder, "scores.jsonl"));
        var wanted = await andi.SourceAsync<string>("""
            SELECT string_agg(row, E'\n' ORDER BY row COLLATE "C") FROM
            (
                SELECT concat(score_id, '|', student_id, '|', trim_scale(overall_score)) AS row
                FROM scores WHERE test_date >= date_trunc('month', now() - interval '5 years')
            ) AS rows
            """);
        Text(scores, row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.GetProperty("score_id").GetString()}|{row.GetProperty("student_id").GetString()}|{row.GetProperty("overall_score").GetDecimal():0.##}"))
            .ShouldBe(wanted);

        foreach (var table in (string[])["dims.districts", "staging.districts_changes"])
        {
            var districts = await ExportAsync(table, Path.Combine(folder, $"{table}.jsonl"));
            Text(districts, row =>
                $"{row.GetProperty("district_id").GetString()}|{row.GetProperty("name").GetString()}|{row.GetProperty("state_id").GetString()}")
                .ShouldBe(await andi.SourceAsync<string>(
                    "SELECT string_agg(concat(district_id, '|', name, '|', state_id), E'\\n' ORDER BY district_id COLLATE \"C\") FROM districts"));
        }

        // A jsonb column of the source lands as text, and is JSON again in a file of JSON.
        var landed = (await ExportAsync("staging.scores_changes", Path.Combine(folder, "landed.ndjson")))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("dimension_scores")).ToList();
        landed.ShouldAllBe(dimensions => dimensions.ValueKind == JsonValueKind.Object);
        landed.Sum(dimensions => dimensions.EnumerateObject().Sum(dimension => dimension.Value.GetDecimal())).ShouldBe(
            await andi.SourceAsync<decimal>("SELECT sum(value::numeric) FROM scores, jsonb_each_text(dimension_scores)"));

        var csv = await ExportAsync("dims.districts", Path.Combine(folder, "districts.csv"));
        csv.Length.ShouldBe(1 + 5);
        csv[0].ShouldStartWith("\"district_id\",\"name\"");
        csv.ShouldContain(line => line.StartsWith("\"q2\",\"A \"\"quoted\"\", name\",\"NV\"", StringComparison.Ordinal));

        // A text that a spreadsheet would run, and the same for a program that reads it again.
        csv.ShouldContain(line => line.StartsWith("\"'-3\",\"'=HYPERLINK(\"\"there\"\")\",\"TX\"", StringComparison.Ordinal));
        var raw = await ExportAsync("dims.districts", Path.Combine(folder, "raw.csv"), "--raw");
        raw.ShouldContain(line => line.StartsWith("\"-3\",\"=HYPERLINK(\"\"there\"\")\",\"TX\"", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder, "districts.csv")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var parquet = Path.Combine(folder, "scores.parquet");
        (await andi.RunAsync("export", "facts.student_scores", parquet)).Code.ShouldBe(0);
        (await andi.WarehouseAsync<long>($"SELECT count() FROM file('{parquet}', Parquet)")).ShouldBe(scores.Length);
        (await andi.WarehouseAsync<decimal>($"SELECT sum(overall_score) FROM file('{parquet}', Parquet)"))
            .ShouldBe(scores.Sum(line => JsonDocument.Parse(line).RootElement.GetProperty("overall_score").GetDecimal()));

        // Aggregates are added up: one row for each group, as a plain computation has it, and none for what was taken back.
        var classrooms = await ExportAsync("agg.classroom_scores", Path.Combine(folder, "classrooms.jsonl"));
        Text(classrooms, row =>
            $"{row.GetProperty("teacher_id").GetString()}|{row.GetProperty("school_year").GetString()}|{row.GetProperty("test_id").GetString()}|"
            + $"{row.GetProperty("grade").GetString()}|{row.GetProperty("month").GetString()}|"
            + $"{row.GetProperty("scores").GetInt64()}|{row.GetProperty("total").GetInt64()}")
            .ShouldBe(await andi.SourceAsync<string>("""
                SELECT string_agg(row, E'\n' ORDER BY row COLLATE "C") FROM
                (
                    SELECT concat(
                        teacher_id, '|', school_year, '|', test_id, '|', grade, '|', to_char(date_trunc('month', test_date), 'YYYY-MM-DD'), '|',
                        count(*), '|', (sum(overall_score) * 10000)::bigint) AS row
                    FROM scores WHERE test_date >= date_trunc('month', now() - interval '5 years')
                    GROUP BY teacher_id, school_year, test_id, grade, date_trunc('month', test_date)
                ) AS rows
                """));
        foreach (var table in (string[])
        [
            "agg.school_scores", "agg.district_scores", "agg.dimension_scores", "agg.district_score_values", "agg.district_score_bands",
            "facts.student_score_places", "dims.students",
        ])
        {
            (await ExportAsync(table, Path.Combine(folder, $"{table}.jsonl"))).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task What_cannot_be_exported_leaves_no_file()
    {
        var folder = TestState.Empty("export-not");
        foreach (var (table, file, why) in ((string, string, string)[])
        [
            ("facts.nothing", "a.csv", "There is no table facts.nothing"),
            ("system.users", "a.csv", "is not a table that can be exported"), ("dims", "a.csv", "is not a table that can be exported"),
            ("dims.districts", "a.xlsx", "the extension is not a known format"), ("dims.districts", Path.Combine("nowhere", "a.csv"), "cannot be written"),
        ])
        {
            var refused = await andi.RunAsync("export", table, Path.Combine(folder, file));
            (refused.Code, refused.Error.Contains(why, StringComparison.Ordinal)).ShouldBe((1, true), refused.Error);
        }

        var there = Path.Combine(folder, "there.csv");
        await File.WriteAllTextAsync(there, "mine", TestContext.Current.CancellationToken);
        (await andi.RunAsync("export", "dims.districts", there)).Error.ShouldContain("--force");
        (await File.ReadAllTextAsync(there, TestContext.Current.CancellationToken)).ShouldBe("mine");

        // Fails in the middle of the rows: nothing of the file is left, and what was there stays.
        await andi.WarehouseAsync("""
            CREATE OR REPLACE VIEW agg.breaks AS
            SELECT number, repeat('x', 100) AS filler, throwIf(number = 3000000, 'in the middle') AS never FROM system.numbers LIMIT 4000000
            """);
        var broken = await andi.RunAsync("export", "agg.breaks", there, "--force");
        (broken.Code, broken.Error.Contains("in the middle", StringComparison.Ordinal)).ShouldBe((1, true), broken.Output + broken.Error);
        Directory.GetFileSystemEntries(folder).ShouldBe([there]);
        (await File.ReadAllTextAsync(there, TestContext.Current.CancellationToken)).ShouldBe("mine");
        (await andi.RunAsync("export", "dims.districts", there, "--force")).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(there, TestContext.Current.CancellationToken)).ShouldStartWith("\"district_id\"");
    }

    private async Task<string[]> ExportAsync(string table, string file, params string[] options)
    {
        var exported = await andi.RunAsync(["export", table, file, "--json", .. options]);
        exported.Code.ShouldBe(0, exported.Output + exported.Error);
        var answer = JsonDocument.Parse(exported.Output).RootElement;
        answer.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(file).Length);
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        answer.GetProperty("rows").GetInt64().ShouldBe(lines.Length - (file.EndsWith(".csv", StringComparison.Ordinal) ? 1 : 0));
        return lines;
    }

    private static string Text(string[] lines, Func<JsonElement, string> row) =>
        string.Join('\n', lines.Select(line => row(JsonDocument.Parse(line).RootElement)).Order(StringComparer.Ordinal));
}
