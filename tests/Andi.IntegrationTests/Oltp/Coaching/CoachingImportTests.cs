using System.Net;

namespace Andi.IntegrationTests.Oltp.Coaching;

[Collection(OltpCollection.Name)]
public sealed class CoachingImportTests(OltpFixture oltp)
{
    private const string Sessions =
        "teacherId,subject,grade,startedAt,durationSeconds,studentCount,ciqScore,equityScore,waitTimeSeconds,studentEngagement,teacherTalkRatio,"
        + "openQuestions,closedQuestions";

    private const string Usage = "teacherId,resourceId,action,durationSeconds,rating,occurredAt";
    private const string Activity = "teacherId,kind,forum,occurredAt";

    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task File_writes_what_single_requests_would()
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        await SameAsync(RecordKind.Session, Sessions, "{teacher},Math,5,2026-05-01T11:30:00.25+02:00,2700,24,71.25,64.5,2.75,80,0.6125,12,30");
        await SameAsync(RecordKind.Use, Usage, "{teacher},{resource},rate,90,4,2026-05-01T09:30:00.250Z");
        await SameAsync(RecordKind.Activity, Activity, "{teacher},reply,Mathematics,2026-05-01T09:30:00.25Z");

        async Task SameAsync(RecordKind kind, string header, string row)
        {
            await Http.PostAsync($"v1/{kind.Path}", coached.Body(kind)).ShouldBeAsync(HttpStatusCode.Created);
            var answer = await ImportAsync(coached, kind, header, row).ShouldBeAsync(HttpStatusCode.OK);
            answer.GetProperty("written").GetInt64().ShouldBe(1);
            var different = $"SELECT count(DISTINCT to_jsonb({kind.Table}) - '{kind.IdColumn}') FROM {kind.Table} WHERE teacher_id = '{coached.Teacher}'";
            (await oltp.ScalarAsync<long>($"SELECT count(*) FROM {kind.Table} WHERE teacher_id = '{coached.Teacher}'")).ShouldBe(2);
            (await oltp.ScalarAsync<long>(different)).ShouldBe(1, kind.Table);
        }
    }

    [Theory]
    [InlineData("0", "0.0000")]
    [InlineData("1", "1.0000")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.1", "0.1000")]
    [InlineData("0.99990", "0.9999")]
    public async Task Ratio_of_four_decimal_places_is_kept_to_the_last(string text, string ratio)
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        await ImportAsync(coached, RecordKind.Session, Sessions, $"{{teacher}},Math,5,2026-05-01T09:30:00Z,0,0,100,0,9999.99,0.01,{text},0,2147483647")
            .ShouldBeAsync(HttpStatusCode.OK);
        var written = "SELECT concat_ws(' ', teacher_talk_ratio, wait_time_seconds, student_engagement, closed_questions) FROM ciq_sessions "
            + $"WHERE teacher_id = '{coached.Teacher}'";
        (await oltp.ScalarAsync<string>(written)).ShouldBe($"{ratio} 9999.99 0.01 2147483647");
    }

    [Theory]
    [InlineData("ciq_sessions", "{teacher},Math,5,2026-05-01,2700,24,71.25,64.5,2.75,80,0.6125,12,30", "startedAt")]
    [InlineData("ciq_sessions", "{teacher},Math,5,2026-05-01 09:30:00,2700,24,71.25,64.5,2.75,80,0.6125,12,30", "startedAt")]
    [InlineData("ciq_sessions", "{teacher},Math,5,2100-01-01T00:00:00Z,2700,24,71.25,64.5,2.75,80,0.6125,12,30", "startedAt")]
    [InlineData("ciq_sessions", "{teacher},Math,5,2026-05-01T09:30:00Z,2700.5,24,71.25,64.5,2.75,80,0.6125,12,30", "durationSeconds")]
    [InlineData("ciq_sessions", "{teacher},Math,5,2026-05-01T09:30:00Z,2700,2147483648,71.25,64.5,2.75,80,0.6125,12,30", "studentCount")]
    [InlineData("ciq_sessions", "{teacher},Math,5,2026-05-01T09:30:00Z,2700,24,71.255,64.5,2.75,80,0.6125,12,30", "ciqScore")]
    [InlineData("ciq_sessions", "{teacher},Math,5,2026-05-01T09:30:00Z,2700,24,71.25,64.5,2.75,80,0.61255,12,30", "teacherTalkRatio")]
    [InlineData("ciq_sessions", "{teacher},Math,5,2026-05-01T09:30:00Z,2700,24,71.25,64.5,2.75,80,0.6125,12,", "closedQuestions")]
    [InlineData("ciq_sessions", "nobody,Math,5,2026-05-01T09:30:00Z,2700,24,71.25,64.5,2.75,80,0.6125,12,30", "teacherId")]
    [InlineData("resource_usage", "{teacher},nothing,view,,,2026-05-01T09:30:00Z", "resourceId")]
    [InlineData("resource_usage", "{teacher},{resource},look,,,2026-05-01T09:30:00Z", "action")]
    [InlineData("resource_usage", "{teacher},{resource},rate,,,2026-05-01T09:30:00Z", "rating")]
    [InlineData("resource_usage", "{teacher},{resource},view,,3,2026-05-01T09:30:00Z", "rating")]
    [InlineData("resource_usage", "{teacher},{resource},rate,,6,2026-05-01T09:30:00Z", "rating")]
    [InlineData("community_activity", "{teacher},Post,Mathematics,2026-05-01T09:30:00Z", "kind")]
    [InlineData("community_activity", "{teacher},post,,2026-05-01T09:30:00Z", "forum")]
    public async Task Bad_row_is_named_by_line_and_field_and_nothing_written(string table, string row, string field)
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        var (kind, header, good) = table switch
        {
            "ciq_sessions" => (RecordKind.Session, Sessions, "{teacher},Math,5,2026-05-01T09:30:00Z,2700,24,71.25,64.5,2.75,80,0.6125,12,30"),
            "resource_usage" => (RecordKind.Use, Usage, "{teacher},{resource},view,,,2026-05-01T09:30:00Z"),
            _ => (RecordKind.Activity, Activity, "{teacher},post,Mathematics,2026-05-01T09:30:00Z"),
        };
        var problem = await ImportAsync(coached, kind, header, good, row).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.Select(reject => (reject.Line, reject.Field)).ShouldBe([(3, field)]);
        (await oltp.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE teacher_id = '{coached.Teacher}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Resources_can_be_imported()
    {
        var id = OltpFixture.Unique("R");
        await Http.ImportAsync("resources", $"resourceId,title,kind,subject,gradeBand\n{id},\"Ask, then wait\",video,Math,3-5\n")
            .ShouldBeAsync(HttpStatusCode.OK);
        (await oltp.ScalarAsync<string>($"SELECT title FROM resources WHERE resource_id = '{id}'")).ShouldBe("Ask, then wait");
    }

    private Task<HttpResponseMessage> ImportAsync(CoachedTeacher coached, RecordKind kind, string header, params string[] rows) => Http.ImportAsync(
        kind.Table,
        $"{header}\n{string.Join('\n', rows)}\n".Replace("{teacher}", coached.Teacher, StringComparison.Ordinal)
            .Replace("{resource}", coached.Resource, StringComparison.Ordinal));
}
