using System.Net;

namespace Andi.IntegrationTests.Oltp;

[Collection(OltpCollection.Name)]
public sealed class ScoreBatchTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_scores_are_written_and_their_ids_come_in_order()
    {
        var room = await Classroom.CreateAsync(Http, 3);
        var answer = await Http.PostAsync("v1/scores/batch", Batch(room)).ShouldBeAsync(HttpStatusCode.Created);
        answer.GetProperty("written").GetInt64().ShouldBe(3);
        var ids = answer.GetProperty("scoreIds").EnumerateArray().Select(id => id.GetString()!).ToList();
        for (var index = 0; index < 3; index++)
        {
            var read = await Http.GetAsync($"v1/scores/{ids[index]}", Cancellation).ShouldBeAsync(HttpStatusCode.OK);
            read.GetProperty("studentId").GetString().ShouldBe(room.Students[index]);
            read.GetProperty("overallScore").GetDecimal().ShouldBe(50 + index);
            read.GetProperty("schoolId").GetString().ShouldBe(room.School);
            read.GetProperty("dimensionScores").GetProperty("geometry").GetDecimal().ShouldBe(80.25m);
        }
    }

    [Fact]
    public async Task One_wrong_score_keeps_all_out_and_is_named_by_index()
    {
        var room = await Classroom.CreateAsync(Http, 4);
        var batch = Batch(room);
        batch[1] = batch[1] with { OverallScore = 100_000 };
        batch[3] = batch[3] with { StudentId = null, TestDate = "2199-01-01" };
        (await Http.PostAsync("v1/scores/batch", batch).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe(["[1].overallScore", "[3].studentId", "[3].testDate"], ignoreOrder: true);
        (await CountAsync(room)).ShouldBe(0);
    }

    [Fact]
    public async Task What_only_the_database_knows_is_named_by_index_too()
    {
        var room = await Classroom.CreateAsync(Http, 4);
        await Http.PostAsync("v1/scores", room.Score(0)).ShouldBeAsync(HttpStatusCode.Created);
        var batch = Batch(room);
        batch[1] = batch[1] with { TeacherId = "nobody" };
        batch[3] = batch[3] with { StudentId = room.Students[2] };
        var problem = await Http.PostAsync("v1/scores/batch", batch).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.Fields.ShouldBe(
            [
                "[0].studentId", "[0].testId", "[0].schoolYear", "[1].teacherId", "[3].studentId", "[3].testId", "[3].schoolYear",
            ],
            ignoreOrder: true);
        problem.Reason("[1].teacherId").ShouldBe("is not known: 'nobody'");
        problem.Reason("[3].studentId").ShouldBe("is the same as in [2]");
        (await CountAsync(room)).ShouldBe(1);
    }

    [Fact]
    public async Task Scores_that_are_there_are_a_conflict()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        await Http.PostAsync("v1/scores/batch", Batch(room)).ShouldBeAsync(HttpStatusCode.Created);
        await Http.PostAsync("v1/scores/batch", Batch(room)).ShouldBeProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Upsert_replaces_what_differs_and_keeps_the_ids()
    {
        var room = await Classroom.CreateAsync(Http, 3);
        var first = await Http.PostAsync("v1/scores/batch", Batch(room)).ShouldBeAsync(HttpStatusCode.Created);
        var again = await Http.PostAsync("v1/scores/batch?mode=upsert", Batch(room)).ShouldBeAsync(HttpStatusCode.Created);
        (again.GetProperty("written").GetInt64(), again.GetProperty("unchanged").GetInt64()).ShouldBe((0, 3));
        var batch = Batch(room);
        batch[2] = batch[2] with { OverallScore = 12.34m };
        var changed = await Http.PostAsync("v1/scores/batch?mode=upsert", batch).ShouldBeAsync(HttpStatusCode.Created);
        (changed.GetProperty("written").GetInt64(), changed.GetProperty("unchanged").GetInt64()).ShouldBe((1, 2));
        changed.GetProperty("scoreIds").ToString().ShouldBe(first.GetProperty("scoreIds").ToString());
        (await oltp.ScalarAsync<decimal>($"SELECT overall_score FROM scores WHERE student_id = '{room.Students[2]}'")).ShouldBe(12.34m);
    }

    [Fact]
    public async Task Batch_may_name_scores_by_id()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        var (mine, other) = (OltpFixture.Unique("X"), OltpFixture.Unique("Y"));
        var batch = Batch(room);
        batch[0] = batch[0] with { ScoreId = mine };
        await Http.PostAsync("v1/scores/batch", batch).ShouldBeAsync(HttpStatusCode.Created);
        batch[0] = batch[0] with { SchoolYear = "2026-2027", OverallScore = 1 };
        await Http.PostAsync("v1/scores/batch?mode=upsert", batch[..1]).ShouldBeAsync(HttpStatusCode.Created);
        (await Http.GetAsync($"v1/scores/{mine}", Cancellation).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("schoolYear").GetString().ShouldBe("2026-2027");
        var problem = await Http.PostAsync("v1/scores/batch?mode=upsert", new[] { batch[0] with { ScoreId = other } })
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.Reason("[0].studentId").ShouldContain(mine);
    }

    [Fact]
    public async Task Ten_thousand_are_taken_and_one_more_is_not()
    {
        // One score for each student and year; a date lies near its year.
        var room = await Classroom.CreateAsync(Http, students: 101);
        var batch = Enumerable.Range(0, 10_001)
            .Select(index => room.Score(index % 101) with { SchoolYear = 1980 + (index / 101), TestDate = $"{1981 + (index / 101)}-05-01" }).ToList();
        (await Http.PostAsync("v1/scores/batch", batch).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Detail.ShouldContain("10001");
        (await CountAsync(room)).ShouldBe(0);
        await Http.PostAsync("v1/scores/batch", batch[..^1]).ShouldBeAsync(HttpStatusCode.Created);
        (await CountAsync(room)).ShouldBe(10_000);
    }

    [Theory]
    [InlineData("""[{"overallScore":"x"}]""", "[0].overallScore")]
    [InlineData("[null]", "[0]")]
    [InlineData("{}", "body")]
    public async Task Body_of_another_shape_is_named(string json, string field) =>
        (await Http.PostJsonAsync("v1/scores/batch", json).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([field]);

    [Fact]
    public async Task Empty_batch_writes_nothing() =>
        (await Http.PostJsonAsync("v1/scores/batch", "[]").ShouldBeAsync(HttpStatusCode.Created)).GetProperty("written").GetInt64().ShouldBe(0);

    [Fact]
    public async Task Batches_and_single_writes_of_the_same_rows_in_any_order_get_by_each_other()
    {
        var room = await Classroom.CreateAsync(Http, 30);
        await Http.PostAsync("v1/scores/batch", Batch(room)).ShouldBeAsync(HttpStatusCode.Created);
        var id = await oltp.ScalarAsync<string>($"SELECT score_id FROM scores WHERE student_id = '{room.Students[7]}'");
        var calls = Enumerable.Range(0, 24).Select(number =>
        {
            var batch = Batch(room).Select(score => score with { OverallScore = number }).ToList();
            if (number % 2 == 0)
            {
                batch.Reverse();
            }

            return number % 4 == 3
                ? Http.PutAsync($"v1/scores/{id}", room.Score(7) with { OverallScore = number })
                : Http.PostAsync("v1/scores/batch?mode=upsert", batch);
        });
        foreach (var answer in await Task.WhenAll(calls))
        {
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
        }

        (await CountAsync(room)).ShouldBe(30);
    }

    private static List<ScoreJson> Batch(Classroom room) =>
        [.. Enumerable.Range(0, room.Students.Count).Select(index => room.Score(index) with { OverallScore = 50 + index })];

    private Task<long> CountAsync(Classroom room) => oltp.ScalarAsync<long>($"SELECT count(*) FROM scores WHERE test_id = '{room.Test}'");
}
