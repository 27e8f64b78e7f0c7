using System.Net;
using Andi.Testing;

namespace Andi.IntegrationTests.Oltp.Imports;

/// <summary>The exports of other systems, each in a small file with the columns that the system writes (docs/samples/imports).</summary>
[Collection(OltpCollection.Name)]
public sealed class ImportProfileTests(OltpFixture oltp)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Nwea_map_growth()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var (math, reading) = (await TestAsync("map", 100, 350, 0, 5), await TestAsync("map", 100, 350, 0, 5));
        var mapping = $$"""
            {"constants": {"teacherId": "{{room.Teacher}}"}, "values": {"testId": {"Mathematics": "{{math}}", "Reading": "{{reading}}"} } }
            """;
        // The third row has no score: the test was broken off.
        var answer = await ImportAsync("nwea-map", "nwea-map", room, mapping).ShouldBeAsync(HttpStatusCode.OK);
        (answer.GetProperty("read").GetInt64(), answer.GetProperty("written").GetInt64(), answer.GetProperty("skipped").GetInt64()).ShouldBe((3, 2, 1));
        var ignored = answer.GetProperty("ignoredColumns").EnumerateArray().Select(column => column.GetString()).ToList();
        ignored.ShouldContain("Goal1Name");
        ignored.ShouldNotContain("TestRITScore");
        (await ScoresAsync(room, math)).ShouldBe(["0 2024-2025 2024-09-16 208 3 {\"goal1\": 211, \"goal2\": 205, \"goal3\": 209}"]);
        (await ScoresAsync(room, reading)).ShouldBe(["0 2024-2025 2024-09-18 231 5 {\"goal1\": 229, \"goal2\": 234, \"goal3\": 230}"]);
    }

    [Fact]
    public async Task I_ready_diagnostic()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var (fall, winter) = (await TestAsync("iready", 100, 800, 0, 5), await TestAsync("iready", 100, 800, 0, 5));
        var mapping = $$"""{"constants": {"teacherId": "{{room.Teacher}}"}, "values": {"testId": {"Fall": "{{fall}}", "Winter": "{{winter}}"} } }""";
        await ImportAsync("iready", "iready", room, mapping).ShouldBeAsync(HttpStatusCode.OK);
        (await ScoresAsync(room, fall)).ShouldBe(
        [
            "0 2025-2026 2025-08-28 496 4 "
            + "{\"geometry\": 525, \"measurement and data\": 489, \"number and operations\": 486, \"algebra and algebraic thinking\": 491}",
            "1 2025-2026 2025-08-28 404 1 {\"measurement and data\": 425, \"number and operations\": 421, \"algebra and algebraic thinking\": 374}",
        ]);
        (await ScoresAsync(room, winter)).ShouldHaveSingleItem().ShouldStartWith("0 2025-2026 2026-01-14 512 5 ");
    }

    [Theory]
    [InlineData("fastbridge-fall", new[] { "0 2024-2025 2024-09-26 208.9 2 {}", "1 2024-2025 2024-09-26 196.5 1 {}" }, 0)]
    [InlineData("fastbridge-winter", new[] { "0 2024-2025 2025-01-15 214.4 3 {}" }, 1)]
    [InlineData("fastbridge-spring", new[] { "1 2024-2025 2025-05-06 221.1 4 {}" }, 1)]
    public async Task FastBridge_has_three_screenings_side_by_side(string profile, string[] scores, int skipped)
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var test = await TestAsync("fast", 100, 350, 1, 4);
        var mapping = $$"""
            {"constants": {"teacherId": "{{room.Teacher}}", "schoolYear": "2024-2025"}, "values": {"testId": {"aMath": "{{test}}"} }, "round": 1}
            """;
        var answer = await ImportAsync(profile, "fastbridge", room, mapping).ShouldBeAsync(HttpStatusCode.OK);
        (answer.TryGetProperty("skipped", out var told) ? told.GetInt64() : 0).ShouldBe(skipped);
        (await ScoresAsync(room, test)).ShouldBe(scores);
    }

    [Fact]
    public async Task Dibels_8()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var (begin, middle) = (await TestAsync("dibels", 0, 1000, 1, 4), await TestAsync("dibels", 0, 1000, 1, 4));
        var mapping = $$"""{"constants": {"teacherId": "{{room.Teacher}}"}, "values": {"testId": {"BOY": "{{begin}}", "MOY": "{{middle}}"} } }""";
        await ImportAsync("dibels-8", "dibels-8", room, mapping).ShouldBeAsync(HttpStatusCode.OK);
        (await ScoresAsync(room, begin)).ShouldBe(
        [
            "0 2023-2024 2023-10-05 271 1 "
            + "{\"decoding\": 0, \"letter names\": 12, \"word reading\": 0, \"letter sounds\": 0, \"phonemic awareness\": 1}",
            "1 2023-2024 2023-10-06 361 4 "
            + "{\"decoding\": 41, \"word reading\": 52, \"letter sounds\": 118, \"reading fluency\": 101, \"reading accuracy\": 99, "
            + "\"reading comprehension\": 12.5}",
        ]);
        (await ScoresAsync(room, middle)).ShouldHaveSingleItem().ShouldStartWith("0 2023-2024 2024-01-23 389 3 ");
    }

    /// <summary>Kind: 2025 is 2024-2025 there and 2025-2026 here.</summary>
    [Fact]
    public async Task Ed_fi_names_a_school_year_by_its_end()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var test = await TestAsync("state", 2000, 2900, 1, 4);
        var mapping = $$"""{"constants": {"teacherId": "{{room.Teacher}}"}, "values": {"testId": {"STATE-MATH-5": "{{test}}"} } }""";
        await ImportAsync("ed-fi", "ed-fi", room, mapping).ShouldBeAsync(HttpStatusCode.OK);
        (await ScoresAsync(room, test)).ShouldBe(["0 2024-2025 2025-04-22 2514 3 {}", "1 2024-2025 2025-04-23 2402.5 1 {}"]);
    }

    [Fact]
    public async Task Profile_alone_says_which_column_is_missing_by_the_names_of_the_export()
    {
        var problem = await Http.ImportAsync("scores", "StudentID,Subject\nS,Math\n", "?profile=nwea-map")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain("teacherId, schoolYear ('TermName'), testDate ('TestStartDate')");
    }

    [Fact]
    public async Task Profiles_are_listed_with_what_they_read()
    {
        var items = (await Http.GetAsync("v1/imports/profiles", Cancel).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("items").EnumerateArray().ToList();
        items.Select(profile => profile.GetProperty("name").GetString())
            .ShouldBe(["dibels-8", "ed-fi", "fastbridge-fall", "fastbridge-spring", "fastbridge-winter", "iready", "nwea-map"]);
        var map = items[^1];
        map.GetProperty("entity").GetString().ShouldBe("scores");
        map.GetProperty("purpose").GetString()!.ShouldContain("NWEA MAP Growth");
        map.GetProperty("columns").EnumerateArray().Select(column => (column.GetProperty("column").GetString(), column.GetProperty("field").GetString()))
            .ShouldContain(("TestRITScore", "overallScore"));
    }

    [Theory]
    [InlineData("scores", "nwea-mpa", HttpStatusCode.NotFound, "'nwea-mpa' (nwea-map?); there are dibels-8, ed-fi,")]
    [InlineData("students", "nwea-map", HttpStatusCode.BadRequest, "is for imports of scores, not of students")]
    public async Task Profile_that_there_is_not_is_told_with_those_that_there_are(string entity, string profile, HttpStatusCode status, string reason) =>
        (await Http.ImportAsync(entity, "a,b\n", $"?profile={profile}").ShouldBeProblemAsync(status)).Detail.ShouldContain(reason);

    private async Task<HttpResponseMessage> ImportAsync(string profile, string sample, Classroom room, string mapping)
    {
        var file = Path.Combine(TestState.Solution(), "docs", "samples", "imports", $"{sample}.csv");
        var csv = (await File.ReadAllTextAsync(file, Cancel)).Replace("STU-1001", room.Students[0], StringComparison.Ordinal)
            .Replace("STU-1002", room.Students[1], StringComparison.Ordinal);
        return await Http.ImportMappedAsync("scores", mapping, csv, $"?profile={profile}");
    }

    private async Task<string> TestAsync(string name, int minScore, int maxScore, int decimals, int levels)
    {
        var id = OltpFixture.Unique("M");
        await Http.PutAsync(
                $"v1/tests/{id}",
                new { name, subject = "Math", minScore, maxScore, decimals, levels = Enumerable.Range(1, levels).Select(level => $"Level {level}") })
            .ShouldBeAsync(HttpStatusCode.Created);
        return id;
    }

    private async Task<List<string>> ScoresAsync(Classroom room, string test)
    {
        var scores = new List<string>();
        await using var command = oltp.Database.CreateCommand(
            $"""
            SELECT student_id, concat_ws(' ', school_year, test_date, trim_scale(overall_score), overall_performance_level, dimension_scores)
            FROM scores WHERE test_id = '{test}' AND teacher_id = '{room.Teacher}'
            """);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
        {
            scores.Add($"{room.Students.ToList().IndexOf(reader.GetString(0))} {reader.GetString(1)}");
        }

        return [.. scores.Order(StringComparer.Ordinal)];
    }
}
