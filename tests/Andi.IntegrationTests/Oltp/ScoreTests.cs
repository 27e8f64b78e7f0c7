using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Andi.IntegrationTests.Oltp;

[Collection(OltpCollection.Name)]
public sealed class ScoreTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Score_takes_over_where_it_belongs_as_of_now()
    {
        var room = await Classroom.CreateAsync(Http);
        var created = await Http.PostAsync("v1/scores", room.Score()).ShouldBeAsync(HttpStatusCode.Created);
        var id = created.GetProperty("scoreId").GetString()!;
        Guid.Parse(id).Version.ShouldBe(7);

        // What changes later does not change the score.
        await Http.PutAsync($"v1/students/{room.Student}", new { name = "Kid", grade = "6", schoolId = room.School }).ShouldBeAsync(HttpStatusCode.OK);
        var read = await Http.GetAsync($"v1/scores/{id}", Cancellation).ShouldBeAsync(HttpStatusCode.OK);
        Text(read, "schoolId").ShouldBe(room.School);
        Text(read, "districtId").ShouldBe(room.District);
        Text(read, "stateId").ShouldBe("TX");
        Text(read, "grade").ShouldBe("5");
        Text(read, "schoolYear").ShouldBe("2025-2026");
        Text(read, "testDate").ShouldBe("2026-05-01");
        read.GetProperty("overallScore").GetDecimal().ShouldBe(88.5m);
        read.GetProperty("overallPerformanceLevel").GetInt32().ShouldBe(3);
        read.GetProperty("dimensionScores").GetProperty("geometry").GetDecimal().ShouldBe(80.25m);
    }

    [Fact]
    public async Task Correction_replaces_the_score_and_keeps_what_it_took_over()
    {
        var room = await Classroom.CreateAsync(Http);
        var other = await Classroom.CreateAsync(Http);
        var id = Text(await Http.PostAsync("v1/scores", room.Score()).ShouldBeAsync(HttpStatusCode.Created), "scoreId");
        await Http.PutAsync($"v1/teachers/{room.Teacher}", new { name = "Ms Stone", schoolId = other.School }).ShouldBeAsync(HttpStatusCode.OK);

        var corrected = await Http.PutAsync($"v1/scores/{id}", room.Score() with { OverallScore = 91, OverallPerformanceLevel = 4, DimensionScores = [] })
            .ShouldBeAsync(HttpStatusCode.OK);
        corrected.GetProperty("overallScore").GetDecimal().ShouldBe(91);
        corrected.GetProperty("dimensionScores").EnumerateObject().ShouldBeEmpty();
        Text(corrected, "schoolId").ShouldBe(room.School);

        // Another teacher brings another school.
        var moved = await Http.PutAsync($"v1/scores/{id}", room.Score() with { TeacherId = other.Teacher }).ShouldBeAsync(HttpStatusCode.OK);
        Text(moved, "schoolId").ShouldBe(other.School);
        Text(moved, "districtId").ShouldBe(other.District);

        // And another student another grade.
        await Http.PutAsync($"v1/students/{other.Student}", new { name = "Kid", grade = "7", schoolId = other.School }).ShouldBeAsync(HttpStatusCode.OK);
        var given = await Http.PutAsync($"v1/scores/{id}", room.Score() with { StudentId = other.Student }).ShouldBeAsync(HttpStatusCode.OK);
        Text(given, "grade").ShouldBe("7");
    }

    [Fact]
    public async Task Score_can_be_removed_once()
    {
        var room = await Classroom.CreateAsync(Http);
        var id = Text(await Http.PostAsync("v1/scores", room.Score()).ShouldBeAsync(HttpStatusCode.Created), "scoreId");
        await Http.DeleteAsync($"v1/scores/{id}", Cancellation).ShouldBeAsync(HttpStatusCode.NoContent);
        await Http.DeleteAsync($"v1/scores/{id}", Cancellation).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await Http.PutAsync($"v1/scores/{id}", room.Score()).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await Http.PostAsync("v1/scores", room.Score()).ShouldBeAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task There_is_one_score_per_student_test_and_year()
    {
        var room = await Classroom.CreateAsync(Http);
        await Http.PostAsync("v1/scores", room.Score()).ShouldBeAsync(HttpStatusCode.Created);
        (await Http.PostAsync("v1/scores", room.Score() with { OverallScore = 1 }).ShouldBeProblemAsync(HttpStatusCode.Conflict))
            .Fields.ShouldBe(["studentId", "testId", "schoolYear"], ignoreOrder: true);
        var next = Text(await Http.PostAsync("v1/scores", room.Score() with { SchoolYear = 2026 }).ShouldBeAsync(HttpStatusCode.Created), "scoreId");
        (await Http.PutAsync($"v1/scores/{next}", room.Score()).ShouldBeProblemAsync(HttpStatusCode.Conflict)).Fields.ShouldContain("schoolYear");
        (await Http.GetAsync($"v1/scores/{next}", Cancellation).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("schoolYear").GetString().ShouldBe("2026-2027");
    }

    [Fact]
    public async Task Of_many_who_record_the_same_score_at_once_one_succeeds()
    {
        var room = await Classroom.CreateAsync(Http);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Http.PostAsync("v1/scores", room.Score())));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(15);
    }

    [Fact]
    public async Task Request_with_an_id_of_its_own_may_be_repeated()
    {
        var room = await Classroom.CreateAsync(Http);
        var score = room.Score() with { ScoreId = OltpFixture.Unique("X") };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Http.PostAsync("v1/scores", score)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(7);
        (await Http.PostAsync("v1/scores", score with { OverallScore = 3 }).ShouldBeProblemAsync(HttpStatusCode.Conflict)).Fields.ShouldBe(["scoreId"]);
    }

    [Theory]
    [InlineData("studentId", "\"nobody\"")]
    [InlineData("teacherId", "\"nobody\"")]
    [InlineData("testId", "\"nothing\"")]
    [InlineData("studentId", "null")]
    [InlineData("studentId", "17")]
    [InlineData("schoolYear", "\"26\"")]
    [InlineData("schoolYear", "true")]
    [InlineData("testDate", "\"2026-02-30\"")]
    [InlineData("testDate", "\"01.05.2026\"")]
    [InlineData("testDate", "20260501")]
    [InlineData("overallScore", "100.01")]
    [InlineData("overallScore", "-1")]
    [InlineData("overallScore", "88.555")]
    [InlineData("overallScore", "\"88\"")]
    [InlineData("overallScore", "1e400")]
    [InlineData("overallPerformanceLevel", "0")]
    [InlineData("overallPerformanceLevel", "5")]
    [InlineData("overallPerformanceLevel", "2.5")]
    [InlineData("dimensionScores", "[1]")]
    [InlineData("dimensionScores.algebra", """{"algebra":101}""")]
    [InlineData("dimensionScores.algebra", """{"algebra":"90"}""")]
    [InlineData("dimensionScores.algebra", """{"algebra":null}""")]
    [InlineData("colour", "1")]
    public async Task Wrong_field_is_named_and_nothing_written(string field, string value)
    {
        var room = await Classroom.CreateAsync(Http);
        var body = JsonSerializer.SerializeToNode(room.Score(), JsonSerializerOptions.Web)!.AsObject();
        body[field.Split('.')[0]] = JsonNode.Parse(value);
        (await Http.PostJsonAsync("v1/scores", body.ToJsonString()).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([field]);
        (await oltp.ScalarAsync<long>($"SELECT count(*) FROM scores WHERE student_id = '{room.Student}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Body_of_200_MB_is_refused_and_does_no_harm()
    {
        using var content = new StreamContent(new EndlessSpaces(200_000_000));
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentLength = 200_000_000;
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/scores") { Content = content };
        request.Headers.ExpectContinue = true;
        (await Http.SendAsync(request, Cancellation).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge)).Detail.ShouldContain("16777216 bytes");
        await Http.GetAsync("health", Cancellation).ShouldBeAsync(HttpStatusCode.OK);
    }

    private static string Text(JsonElement score, string name) => score.GetProperty(name).GetString()!;
}
