using System.Net;

namespace Andi.IntegrationTests.Oltp.Coaching;

[Collection(OltpCollection.Name)]
public sealed class WrongFieldTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    [Theory]
    [InlineData("sessionId", "\"a/b\"")]
    [InlineData("teacherId", "17")]
    [InlineData("teacherId", null)]
    [InlineData("subject", "\" \"")]
    [InlineData("subject", "\"a\\u0000b\"")]
    [InlineData("grade", "\"a grade of far too many letters\"")]
    [InlineData("grade", "true")]
    [InlineData("startedAt", null)]
    [InlineData("startedAt", "\"2026-05-01\"")]
    [InlineData("startedAt", "\"2026-05-01T09:30:00\"")]
    [InlineData("startedAt", "\"2026-02-30T09:30:00Z\"")]
    [InlineData("startedAt", "\"2026-05-01T24:00:00Z\"")]
    [InlineData("startedAt", "\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("startedAt", "\"1969-12-31T23:59:59.999999Z\"")]
    [InlineData("startedAt", "\"2100-01-01T00:00:00Z\"")]
    [InlineData("startedAt", "\"\\ud800\"")]
    [InlineData("startedAt", "1777627800")]
    [InlineData("durationSeconds", "-1")]
    [InlineData("durationSeconds", "86401")]
    [InlineData("durationSeconds", "2.5")]
    [InlineData("durationSeconds", "\"2700\"")]
    [InlineData("durationSeconds", "99999999999999999999")]
    [InlineData("studentCount", "-1")]
    [InlineData("studentCount", "2147483648")]
    [InlineData("ciqScore", "100.01")]
    [InlineData("ciqScore", "71.255")]
    [InlineData("ciqScore", "1e400")]
    [InlineData("equityScore", "-0.01")]
    [InlineData("equityScore", "null")]
    [InlineData("waitTimeSeconds", "-0.01")]
    [InlineData("waitTimeSeconds", "10000")]
    [InlineData("studentEngagement", "101")]
    [InlineData("teacherTalkRatio", "1.0001")]
    [InlineData("teacherTalkRatio", "0.12345")]
    [InlineData("openQuestions", "-1")]
    [InlineData("closedQuestions", null)]
    [InlineData("schoolId", "\"S1\"")]
    [InlineData("colour", "1")]
    public Task Of_a_session(string field, string? json) => IsNamedAsync(RecordKind.Session, field, json);

    [Theory]
    [InlineData("usageId", "\"\"")]
    [InlineData("resourceId", "\"nothing\"")]
    [InlineData("resourceId", null)]
    [InlineData("action", "\"VIEW\"")]
    [InlineData("action", "\"delete\"")]
    [InlineData("action", "3")]
    [InlineData("durationSeconds", "-1")]
    [InlineData("rating", "0")]
    [InlineData("rating", "6")]
    [InlineData("rating", "4.5")]
    [InlineData("rating", "null")]
    [InlineData("occurredAt", "\"01.05.2026 09:30\"")]
    public Task Of_a_use(string field, string? json) => IsNamedAsync(RecordKind.Use, field, json);

    [Theory]
    [InlineData("view")]
    [InlineData("download")]
    [InlineData("complete")]
    [InlineData("share")]
    public async Task Rating_belongs_to_rate_alone(string action)
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        var body = coached.Body(RecordKind.Use, "action", $"\"{action}\"");
        (await Http.PostAsync("v1/resource-usage", body).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe(["rating"]);
        body.Remove("rating");
        body.Remove("durationSeconds");
        var written = await Http.PostAsync("v1/resource-usage", body).ShouldBeAsync(HttpStatusCode.Created);
        written.GetProperty("rating").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        written.GetProperty("durationSeconds").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("activityId", "\"a b\"")]
    [InlineData("kind", "\"shout\"")]
    [InlineData("kind", null)]
    [InlineData("forum", "\"\"")]
    [InlineData("forum", "[]")]
    [InlineData("occurredAt", "\"2026-05-01T09:30Z\"")]
    public Task Of_an_activity(string field, string? json) => IsNamedAsync(RecordKind.Activity, field, json);

    [Theory]
    [InlineData("title", """{"title":" ","kind":"video","subject":"Math","gradeBand":"3-5"}""")]
    [InlineData("kind", """{"title":"x","subject":"Math","gradeBand":"3-5"}""")]
    [InlineData("subject", """{"title":"x","kind":"video","subject":null,"gradeBand":"3-5"}""")]
    [InlineData("gradeBand", """{"title":"x","kind":"video","subject":"Math","gradeBand":"a band of grades that has too long a name"}""")]
    public async Task Of_a_resource(string field, string json)
    {
        var path = $"v1/resources/{OltpFixture.Unique("R")}";
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        (await Http.PutAsync(path, content, TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([field]);
        await Http.GetAsync(path, TestContext.Current.CancellationToken).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    private async Task IsNamedAsync(RecordKind kind, string field, string? json)
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        (await Http.PostJsonAsync($"v1/{kind.Path}", Text(coached, kind, field, json)).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe([field]);
        (await oltp.ScalarAsync<long>($"SELECT count(*) FROM {kind.Table} WHERE teacher_id = '{coached.Teacher}'")).ShouldBe(0);
    }

    // Put in as text: a JSON library would not write all of these.
    private static string Text(CoachedTeacher coached, RecordKind kind, string field, string? json)
    {
        var body = coached.Body(kind, field, null).ToJsonString();
        return json is null ? body : $"{body[..^1]},\"{field}\":{json}}}";
    }
}
