using System.Net;
using System.Text.Json;
using Npgsql;

namespace Andi.IntegrationTests.Oltp;

/// <summary>Scores lie on the scale of their test, whoever writes either of the two. A RIT score of 208 was refused, as all scores were percentages.</summary>
[Collection(OltpCollection.Name)]
public sealed class ScaleTests(OltpFixture oltp)
{
    private static readonly object Rit = new { name = "Reading", subject = "Reading", minScore = 100, maxScore = 350, decimals = 0 };

    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_without_a_scale_has_percentages_four_bands_and_four_levels()
    {
        var test = await Http.PutAsync($"v1/tests/{OltpFixture.Unique("X")}", new { name = "Spring", subject = "Math" }).ShouldBeAsync(HttpStatusCode.Created);
        (Number(test, "minScore"), Number(test, "maxScore"), Number(test, "decimals")).ShouldBe((0, 100, 2));
        Bands(test).ShouldBe("Excellent:90 Good:80 Fair:70 Needs improvement:0");
        Levels(test).ShouldBe("Below basic, Basic, Proficient, Advanced");
    }

    [Fact]
    public async Task Scale_comes_back_as_it_was_put_with_its_bands_from_the_highest()
    {
        var path = $"v1/tests/{OltpFixture.Unique("X")}";
        var put = new
        {
            name = "Reading",
            subject = "Reading",
            minScore = -10.5,
            maxScore = 1600.2500m,
            decimals = 4,
            bands = new[] { new { name = "Low", from = -10.5m }, new { name = " High ", from = 800.0000m } },
            levels = new[] { "1", "2", "3", "4", "5", "6", "7" },
        };
        await Http.PutAsync(path, put).ShouldBeAsync(HttpStatusCode.Created);
        var read = await Http.GetAsync(path, Cancellation).ShouldBeAsync(HttpStatusCode.OK);
        read.GetProperty("maxScore").GetRawText().ShouldBe("1600.25");
        Bands(read).ShouldBe("High:800 Low:-10.5");
        Levels(read).ShouldBe("1, 2, 3, 4, 5, 6, 7");
        (await Http.PutJsonAsync(path, read.GetRawText()).ShouldBeAsync(HttpStatusCode.OK)).GetRawText().ShouldBe(read.GetRawText());
        Bands(await Http.PutAsync(path, Rit).ShouldBeAsync(HttpStatusCode.OK)).ShouldBe("", "a scale of its own has no bands unless it says so");
    }

    [Theory]
    [InlineData("maxScore", """{"minScore":10,"maxScore":10}""")]
    [InlineData("maxScore", """{"maxScore":100000}""")]
    [InlineData("minScore", """{"minScore":0.5,"decimals":0}""")]
    [InlineData("decimals", """{"decimals":5}""")]
    [InlineData("bands", """{"bands":[{"name":"A","from":50}]}""")]
    [InlineData("bands", """{"bands":[{"name":"A","from":0},{"name":"B","from":100}]}""")]
    [InlineData("bands", """{"bands":[{"name":"A","from":0},{"name":"a","from":10}]}""")]
    [InlineData("bands", """{"bands":[{"name":"A","from":0},{"name":"B","from":0}]}""")]
    [InlineData("bands", """{"bands":[{"name":"A"}]}""")]
    [InlineData("bands", """{"bands":[null]}""")]
    [InlineData("levels", """{"levels":[]}""")]
    [InlineData("levels", """{"levels":["1","2","3","4","5","6","7","8"]}""")]
    [InlineData("levels", """{"levels":["A","A"]}""")]
    [InlineData("levels", """{"levels":["A",null]}""")]
    public async Task Scale_that_makes_no_sense_is_refused_by_field(string field, string scale)
    {
        var id = OltpFixture.Unique("X");
        (await Http.PutJsonAsync($"v1/tests/{id}", """{"name":"x","subject":"Math",""" + scale[1..]).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe([field]);
        await Http.GetAsync($"v1/tests/{id}", Cancellation).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Score_is_on_the_scale_of_its_test()
    {
        var room = await RitRoomAsync();
        var score = room.Score() with { OverallScore = 208, OverallPerformanceLevel = 4, DimensionScores = new() { ["Informational"] = 211 } };
        var id = (await Http.PostAsync("v1/scores", score).ShouldBeAsync(HttpStatusCode.Created)).GetProperty("scoreId").GetString();
        foreach (var (wrong, field) in new[]
        {
            (score with { OverallScore = 351 }, "overallScore"), (score with { OverallScore = 99 }, "overallScore"),
            (score with { OverallScore = 208.5m }, "overallScore"), (score with { OverallPerformanceLevel = 5 }, "overallPerformanceLevel"),
            (score with { DimensionScores = new() { ["Informational"] = 99 } }, "dimensionScores.Informational"),
        })
        {
            (await Http.PutAsync($"v1/scores/{id}", wrong).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([field]);
            (await Http.PostAsync("v1/scores", wrong with { SchoolYear = 2026 }).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([field]);
        }

        (await oltp.ScalarAsync<string>($"SELECT string_agg(overall_score::text, ' ') FROM scores WHERE student_id = '{room.Student}'")).ShouldBe("208");
    }

    [Fact]
    public async Task Imported_scores_off_the_scale_are_named_by_line_with_the_scale()
    {
        var room = await RitRoomAsync(students: 5);
        var csv = string.Join('\n', "studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel,dimension:Fiction",
            Row(0, "208,4,211"), Row(1, "404,4,211"), Row(2, "208.25,,"), Row(3, "208,5,"), Row(4, "208,4,20"));
        var problem = await Http.ImportAsync("scores", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.Select(reject => (reject.Line, reject.Field, reject.Reason)).ShouldBe(
        [
            (3, "overallScore", $"must be from 100 to 350 in test '{room.Test}', not 404"),
            (4, "overallScore", $"has more decimal places than the 0 of test '{room.Test}': 208.25"),
            (5, "overallPerformanceLevel", $"must be from 1 to 4 in test '{room.Test}', not 5"),
            (6, "dimensionScores", $"'Fiction' must be from 100 to 350 in test '{room.Test}', not 20"),
        ]);
        var written = await Http.ImportAsync("scores", csv, "?onError=skip").ShouldBeAsync(HttpStatusCode.OK);
        written.GetProperty("written").GetInt32().ShouldBe(1);

        string Row(int student, string values) => $"{room.Students[student]},{room.Teacher},{room.Test},2025,2026-05-01,{values}";
    }

    [Fact]
    public async Task Change_of_a_scale_that_scores_do_not_fit_is_refused()
    {
        var room = await RitRoomAsync();
        await Http.PostAsync("v1/scores", room.Score() with { OverallScore = 340, OverallPerformanceLevel = 4, DimensionScores = [] })
            .ShouldBeAsync(HttpStatusCode.Created);
        var path = $"v1/tests/{room.Test}";
        (await Http.PutAsync(path, new { name = "x", subject = "Math", minScore = 100, maxScore = 300 }).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe(["maxScore"]);
        (await Http.PutAsync(path, new { name = "x", subject = "Math", minScore = 100, maxScore = 350, levels = new[] { "No", "Yes" } })
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe(["levels"]);
        (await Http.PutAsync(path, new { name = "x", subject = "Math", minScore = 341, maxScore = 400 }).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe(["minScore"]);
        (await Http.PutAsync(path, new { name = "x", subject = "Math", minScore = 101, maxScore = 300 }).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe(["maxScore"]);
        var problem = await Http.ImportAsync("tests", $"testId,name,subject,minScore,maxScore\n{room.Test},x,Math,341,350\n", "?mode=upsert")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.Select(reject => (reject.Line, reject.Field)).ShouldBe([(2, "minScore, maxScore, decimals, levels")]);

        // A wider one fits.
        await Http.PutAsync(path, new { name = "x", subject = "Math", minScore = 0, maxScore = 340, decimals = 2 }).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Score_and_a_change_of_its_scale_at_the_same_moment_do_not_pass_each_other()
    {
        var room = await RitRoomAsync();
        await using var connection = await oltp.Database.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await using var narrow = new NpgsqlCommand($"UPDATE tests SET max_score = 200 WHERE test_id = '{room.Test}'", connection);
            await narrow.ExecuteNonQueryAsync(Cancellation);
            var posting = Http.PostAsync("v1/scores", room.Score() with { OverallScore = 208, DimensionScores = [] });
            (await Task.WhenAny(posting, Task.Delay(TimeSpan.FromSeconds(1), Cancellation))).ShouldNotBe(posting, "it waits for the change");
            await transaction.CommitAsync(Cancellation);
            (await posting.ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe(["overallScore"]);
        }
    }

    [Theory]
    [InlineData("exempt")]
    [InlineData("ABSENT")]
    [InlineData("invalidated")]
    public async Task Student_without_a_score_has_a_status_instead(string status)
    {
        var room = await Classroom.CreateAsync(Http);
        var body = room.Score() with { Status = status };
        (await Http.PostAsync("v1/scores", body).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields
            .ShouldBe(["overallScore", "overallPerformanceLevel", "dimensionScores"], ignoreOrder: true);
        var created = await Http.PostAsync("v1/scores", body with { OverallScore = null, OverallPerformanceLevel = null, DimensionScores = [] })
            .ShouldBeAsync(HttpStatusCode.Created);
        created.GetProperty("status").GetString().ShouldBe(status.ToLowerInvariant());
        created.GetProperty("overallScore").ValueKind.ShouldBe(JsonValueKind.Null);

        var scored = await Http.PutAsync($"v1/scores/{created.GetProperty("scoreId").GetString()}", room.Score()).ShouldBeAsync(HttpStatusCode.OK);
        scored.GetProperty("status").GetString().ShouldBe("scored");
    }

    [Fact]
    public async Task Imported_statuses_are_checked_by_line()
    {
        var room = await Classroom.CreateAsync(Http, 4);
        var csv = string.Join('\n', "studentId,teacherId,testId,schoolYear,testDate,status,overallScore,overallPerformanceLevel",
            Row(0, "exempt,,"), Row(1, "absent,50,"), Row(2, ",,3"), Row(3, "late,50,3"));
        var problem = await Http.ImportAsync("scores", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.Select(reject => (reject.Line, reject.Field, reject.Reason)).ShouldBe(
        [
            (3, "overallScore", "must be left out, as the status is absent"), (4, "overallScore", "is required where the status is scored"),
            (5, "status", "must be one of scored, exempt, absent, invalidated"),
        ]);
        (await Http.ImportAsync("scores", csv, "?onError=skip").ShouldBeAsync(HttpStatusCode.OK)).GetProperty("written").GetInt32().ShouldBe(1);

        string Row(int student, string values) => $"{room.Students[student]},{room.Teacher},{room.Test},2025,2026-05-01,{values}";
    }

    [Fact]
    public async Task Date_is_near_the_school_year()
    {
        var room = await Classroom.CreateAsync(Http);
        (await Http.PostAsync("v1/scores", room.Score() with { SchoolYear = 2024 }).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields
            .ShouldBe(["testDate"]);
        var csv = $"studentId,teacherId,testId,schoolYear,testDate,overallScore\n{room.Student},{room.Teacher},{room.Test},2024,2026-05-01,50\n";
        (await Http.ImportAsync("scores", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity)).Rejects
            .Select(reject => (reject.Line, reject.Field, reject.Reason))
            .ShouldBe([(2, "testDate", "is not near the school year 2024-2025: from 2024-04-01 to 2025-09-30")]);
    }

    private async Task<Classroom> RitRoomAsync(int students = 1)
    {
        var room = await Classroom.CreateAsync(Http, students);
        await Http.PutAsync($"v1/tests/{room.Test}", Rit).ShouldBeAsync(HttpStatusCode.OK);
        return room;
    }

    private static decimal Number(JsonElement test, string name) => test.GetProperty(name).GetDecimal();

    private static string Bands(JsonElement test) =>
        string.Join(' ', test.GetProperty("bands").EnumerateArray().Select(band => $"{band.GetProperty("name").GetString()}:{band.GetProperty("from")}"));

    private static string Levels(JsonElement test) => string.Join(", ", test.GetProperty("levels").EnumerateArray().Select(level => level.GetString()));
}
