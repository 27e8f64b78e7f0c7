using System.Net;
using Andi.IntegrationTests.Oltp.Coaching;

namespace Andi.IntegrationTests.Oltp;

/// <summary>A value is as good or as bad in a JSON body as in a file, and the answer says the same of it.</summary>
[Collection(OltpCollection.Name)]
public sealed class JsonValueTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Whole_number_with_a_zero_behind_the_point_is_taken()
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        var session = await Http.PostJsonAsync("v1/ciq-sessions", coached.Body(RecordKind.Session, "studentCount", "24.0").ToJsonString())
            .ShouldBeAsync(HttpStatusCode.Created);
        session.GetProperty("studentCount").GetRawText().ShouldBe("24");
    }

    [Theory]
    [InlineData("studentCount", "24.5", "24.5")]
    [InlineData("startedAt", "\"2026-05-01T09:30:00\"", "2026-05-01T09:30:00")]
    public async Task What_is_refused_in_a_file_is_refused_with_the_same_words(string field, string json, string cell)
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        var body = coached.Body(RecordKind.Session, field, json);
        var problem = await Http.PostJsonAsync("v1/ciq-sessions", body.ToJsonString()).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.Fields.ShouldBe([field]);

        var names = body.Select(member => member.Key).ToList();
        var cells = body.Select(member => member.Key == field ? cell : member.Value!.ToString());
        var file = await Http.ImportAsync("ciq_sessions", $"{string.Join(',', names)}\n{string.Join(',', cells)}\n")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        file.Rejects.ShouldHaveSingleItem().ShouldBe((2L, field, problem.Reason(field)));
    }

    [Fact]
    public async Task Date_that_there_is_not_is_named_with_what_was_expected()
    {
        var room = await Classroom.CreateAsync(Http);
        var problem = await Http.PostAsync("v1/scores", room.Score() with { TestDate = "2026-02-30" }).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.Reason("testDate").ShouldBe("must be a date such as 2026-05-01, not '2026-02-30'");
        var batch = await Http.PostAsync("v1/scores/batch", new[] { room.Score(), room.Score() with { TestDate = "2026-02-30" } })
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        batch.Fields.ShouldBe(["[1].testDate"]);
    }
}
