using System.Net;

namespace Andi.IntegrationTests.Oltp;

[Collection(OltpCollection.Name)]
public sealed class EntityTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task District_is_created_replaced_read_and_deleted()
    {
        var path = $"v1/districts/{OltpFixture.Unique("D")}";
        (await Http.PutAsync(path, new { name = "North", stateId = "TX" }).ShouldBeAsync(HttpStatusCode.Created)).GetProperty("name").GetString()
            .ShouldBe("North");
        await Http.PutAsync(path, new { name = "South", stateId = "CA" }).ShouldBeAsync(HttpStatusCode.OK);
        var read = await Http.GetAsync(path, TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.OK);
        read.GetProperty("name").GetString().ShouldBe("South");
        read.GetProperty("stateId").GetString().ShouldBe("CA");
        await Http.DeleteAsync(path, TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.NoContent);
        await Http.GetAsync(path, TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        (await Http.DeleteAsync(path, TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.NotFound)).Detail.ShouldContain("district");
    }

    [Fact]
    public async Task What_is_referenced_stays()
    {
        var room = await Classroom.CreateAsync(Http);
        await Http.PostAsync("v1/scores", room.Score()).ShouldBeAsync(HttpStatusCode.Created);
        foreach (var (path, by) in new[]
        {
            ($"districts/{room.District}", "schools"), ($"teachers/{room.Teacher}", "scores"), ($"students/{room.Student}", "scores"),
            ($"tests/{room.Test}", "scores"),
        })
        {
            var problem = await Http.DeleteAsync($"v1/{path}", TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.Conflict);
            problem.Detail.ShouldContain(by);
            await Http.GetAsync($"v1/{path}", TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("schools", "districtId", """{"name":"x","districtId":"nowhere"}""")]
    [InlineData("teachers", "schoolId", """{"name":"x","schoolId":"nowhere"}""")]
    [InlineData("students", "schoolId", """{"name":"x","grade":"5","schoolId":"nowhere"}""")]
    [InlineData("districts", "stateId", """{"name":"x"}""")]
    [InlineData("districts", "name", """{"name":"  ","stateId":"TX"}""")]
    [InlineData("districts", "name", """{"name":null,"stateId":"TX"}""")]
    [InlineData("districts", "name", """{"name":7,"stateId":"TX"}""")]
    [InlineData("districts", "stateId", """{"name":"x","stateId":"T/X"}""")]
    [InlineData("districts", "colour", """{"name":"x","stateId":"TX","colour":"red"}""")]
    [InlineData("districts", "name", """{"name":"x","name":"y","stateId":"TX"}""")]
    [InlineData("districts", "name", """{"name":"a\u0000b","stateId":"TX"}""")]
    [InlineData("districts", "name", """{"name":"\ud800","stateId":"TX"}""")]
    [InlineData("tests", "maxScore", """{"name":"x","subject":"Math","maxScore":0}""")]
    [InlineData("tests", "maxScore", """{"name":"x","subject":"Math","maxScore":1.234}""")]
    [InlineData("tests", "maxScore", """{"name":"x","subject":"Math","maxScore":"50"}""")]
    public async Task Wrong_field_is_named_and_nothing_written(string plural, string field, string json)
    {
        var path = $"v1/{plural}/{OltpFixture.Unique("X")}";
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        (await Http.PutAsync(path, content, TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldContain(field);
        await Http.GetAsync(path, TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name":"x",""", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("name=x", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("""{"name":"x","stateId":"TX"}""", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task Body_that_is_no_JSON_object_is_refused(string body, string contentType, HttpStatusCode status)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, contentType);
        await Http.PutAsync($"v1/districts/{OltpFixture.Unique("X")}", content, TestContext.Current.CancellationToken).ShouldBeProblemAsync(status);
    }

    [Fact]
    public async Task Invalid_utf8_is_refused()
    {
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\",\"stateId\":\"TX\"}"u8]);
        content.Headers.ContentType = new("application/json");
        await Http.PutAsync($"v1/districts/{OltpFixture.Unique("X")}", content, TestContext.Current.CancellationToken)
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Token_is_asked_for_and_must_allow_writing()
    {
        using var nobody = oltp.Client(null);
        using var teacher = oltp.Client(oltp.Token("teacher", "T1"));
        using var forger = oltp.Client(oltp.Token("admin", null)[..^4] + "AAAA");
        foreach (var path in new[] { "v1/districts/D1", "v1/scores/X" })
        {
            await nobody.GetAsync(path, TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        }

        await nobody.ImportAsync("districts", "districtId,name,stateId\n").ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        await forger.PutAsync("v1/districts/D1", new { name = "x", stateId = "TX" }).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        await teacher.PutAsync("v1/districts/D1", new { name = "x", stateId = "TX" }).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Many_who_create_the_same_thing_at_once_all_succeed()
    {
        var path = $"v1/districts/{OltpFixture.Unique("D")}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Http.PutAsync(path, new { name = $"Name {number}", stateId = "TX" })));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(23);
    }

    [Fact]
    public async Task Api_describes_itself()
    {
        using var nobody = oltp.Client(null);
        var document = await nobody.GetAsync("openapi/v1.json", TestContext.Current.CancellationToken).ShouldBeAsync(HttpStatusCode.OK);
        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(path => path.Name, path => path.Value);
        foreach (var path in new[] { "/v1/districts/{id}", "/v1/scores", "/v1/scores/{scoreId}", "/v1/scores/batch", "/v1/imports/{entity}" })
        {
            paths.ShouldContainKey(path);
            paths[path].EnumerateObject().ShouldAllBe(operation => operation.Value.GetProperty("summary").GetString()!.Length > 0);
        }
    }
}
