using System.Net;
using System.Text.Json.Nodes;

namespace Andi.IntegrationTests.Oltp.Coaching;

[Collection(OltpCollection.Name)]
public sealed class RecordBatchTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => RecordTests.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Batch_writes_what_single_requests_would(string path)
    {
        var (kind, coached) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http));
        var single = await Http.PostAsync($"v1/{path}", coached.Body(kind)).ShouldBeAsync(HttpStatusCode.Created);
        var answer = await PostAsync(kind, coached.Body(kind), coached.Body(kind, kind.Changed, kind.ChangedTo)).ShouldBeAsync(HttpStatusCode.Created);
        answer.GetProperty("written").GetInt64().ShouldBe(2);
        var ids = answer.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!).ToList();

        // All but the id is the same, down to the type in the database.
        (await RowAsync(kind, ids[0])).ShouldBe(await RowAsync(kind, single.GetProperty(kind.IdField).GetString()!));
        (await Http.GetAsync($"v1/{path}/{ids[1]}", Cancellation).ShouldBeAsync(HttpStatusCode.OK)).GetProperty(kind.Changed).GetRawText()
            .ShouldBe(kind.ChangedTo);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task One_wrong_row_keeps_all_out_and_is_named_by_index(string path)
    {
        var (kind, coached) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http));
        (await PostAsync(kind, coached.Body(kind), coached.Body(kind, "teacherId", null)).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe(["[1].teacherId"]);
        (await PostAsync(kind, coached.Body(kind), null).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe(["[1]"]);

        var unknown = await PostAsync(kind, coached.Body(kind), coached.Body(kind, "teacherId", "\"nobody\"")).ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        unknown.Reason("[1].teacherId").ShouldBe("is not known: 'nobody'");
        var own = $"\"{OltpFixture.Unique("X")}\"";
        var twice = await PostAsync(kind, coached.Body(kind, kind.IdField, own), coached.Body(kind, kind.IdField, own))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        twice.Reason($"[1].{kind.IdField}").ShouldBe("is the same as in [0]");
        (await CountAsync(kind, coached)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Ids_that_are_there_are_a_conflict_or_replaced_or_kept(string path)
    {
        var (kind, coached, other) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http), await CoachedTeacher.CreateAsync(Http));
        var id = OltpFixture.Unique("X");
        var body = coached.Body(kind, kind.IdField, $"\"{id}\"");
        await PostAsync(kind, body).ShouldBeAsync(HttpStatusCode.Created);
        await PostAsync(kind, body).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        (await CountsAsync("upsert", body)).ShouldBe((0, 1));

        // The place stays, although the teacher has moved.
        await Http.PutAsync($"v1/teachers/{coached.Teacher}", new { name = "Ms Stone", schoolId = other.Room.School }).ShouldBeAsync(HttpStatusCode.OK);
        body[kind.Changed] = JsonNode.Parse(kind.ChangedTo);
        (await CountsAsync("keep", body)).ShouldBe((0, 1));
        (await CountsAsync("upsert", body)).ShouldBe((1, 0));
        var read = await Http.GetAsync($"v1/{path}/{id}", Cancellation).ShouldBeAsync(HttpStatusCode.OK);
        read.GetProperty(kind.Changed).GetRawText().ShouldBe(kind.ChangedTo);
        read.GetProperty("schoolId").GetString().ShouldBe(coached.Room.School);

        body["teacherId"] = other.Teacher;
        (await CountsAsync("upsert", body)).ShouldBe((1, 0));
        read = await Http.GetAsync($"v1/{path}/{id}", Cancellation).ShouldBeAsync(HttpStatusCode.OK);
        read.GetProperty("districtId").GetString().ShouldBe(other.Room.District);

        async Task<(long Written, long Unchanged)> CountsAsync(string mode, JsonObject row)
        {
            var answer = await Http.PostAsync($"v1/{path}/batch?mode={mode}", new[] { row }).ShouldBeAsync(HttpStatusCode.Created);
            return (answer.GetProperty("written").GetInt64(), answer.GetProperty("unchanged").GetInt64());
        }
    }

    [Fact]
    public async Task Unknown_resource_and_a_rating_without_rate_are_named_by_index()
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        var problem = await PostAsync(RecordKind.Use, coached.Body(RecordKind.Use), coached.Body(RecordKind.Use, "resourceId", "\"nothing\""))
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.Reason("[1].resourceId").ShouldBe("is not known: 'nothing'");
        (await PostAsync(RecordKind.Use, coached.Body(RecordKind.Use, "action", "\"view\"")).ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Fields.ShouldBe(["[0].rating"]);
        (await CountAsync(RecordKind.Use, coached)).ShouldBe(0);
    }

    [Fact]
    public async Task Ten_thousand_are_taken_and_one_more_is_not()
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        var rows = Enumerable.Repeat(coached.Body(RecordKind.Session).ToJsonString(), 10_001).ToList();
        (await Http.PostJsonAsync("v1/ciq-sessions/batch", $"[{string.Join(',', rows)}]").ShouldBeProblemAsync(HttpStatusCode.BadRequest))
            .Detail.ShouldContain("10001");
        (await CountAsync(RecordKind.Session, coached)).ShouldBe(0);
        await Http.PostJsonAsync("v1/ciq-sessions/batch", $"[{string.Join(',', rows.Skip(1))}]").ShouldBeAsync(HttpStatusCode.Created);
        (await CountAsync(RecordKind.Session, coached)).ShouldBe(10_000);
    }

    private Task<HttpResponseMessage> PostAsync(RecordKind kind, params JsonObject?[] rows) => Http.PostAsync($"v1/{kind.Path}/batch", rows);

    private Task<string> RowAsync(RecordKind kind, string id) =>
        oltp.ScalarAsync<string>($"SELECT (to_jsonb({kind.Table}) - '{kind.IdColumn}')::text FROM {kind.Table} WHERE {kind.IdColumn} = '{id}'");

    private Task<long> CountAsync(RecordKind kind, CoachedTeacher coached) =>
        oltp.ScalarAsync<long>($"SELECT count(*) FROM {kind.Table} WHERE teacher_id = '{coached.Teacher}'");
}
