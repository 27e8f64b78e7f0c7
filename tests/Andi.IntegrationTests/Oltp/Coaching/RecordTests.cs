using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp.Coaching;

/// <summary>Sessions, uses of resources and community activity: what holds of each of them.</summary>
[Collection(OltpCollection.Name)]
public sealed class RecordTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => new() { RecordKind.Session.Path, RecordKind.Use.Path, RecordKind.Activity.Path };

    [Theory, MemberData(nameof(Kinds))]
    public async Task It_takes_over_where_the_teacher_is_and_reads_back_as_written(string path)
    {
        var (kind, coached) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http));
        var body = coached.Body(kind);
        using var response = await Http.PostJsonAsync($"v1/{path}", body.ToJsonString());
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Contains("Andi-Position").ShouldBeTrue();
        var id = Text(JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement, kind.IdField);
        Guid.Parse(id).Version.ShouldBe(7);
        response.Headers.Location!.ToString().ShouldBe($"/v1/{path}/{id}");

        var read = await ReadAsync(kind, id);
        ShouldBeAt(read, coached.Room);
        read.GetProperty(path == RecordKind.Session.Path ? "startedAt" : "occurredAt").GetString().ShouldBe("2026-05-01T09:30:00.25Z");
        foreach (var (field, value) in body.Where(field => field.Key is not ("startedAt" or "occurredAt")))
        {
            Plain(read.GetProperty(field).ToString()).ShouldBe(Plain(value!.ToString()), field);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Correction_replaces_it_and_keeps_its_place_unless_it_names_another_teacher(string path)
    {
        var (kind, coached, other) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http), await CoachedTeacher.CreateAsync(Http));
        var id = await RecordAsync(kind, coached);
        await Http.PutAsync($"v1/teachers/{coached.Teacher}", new { name = "Ms Stone", schoolId = other.Room.School }).ShouldBeAsync(HttpStatusCode.OK);
        ShouldBeAt(await ReadAsync(kind, id), coached.Room);

        var corrected = await Http.PutAsync($"v1/{path}/{id}", coached.Body(kind, kind.Changed, kind.ChangedTo)).ShouldBeAsync(HttpStatusCode.OK);
        corrected.GetProperty(kind.Changed).GetRawText().ShouldBe(kind.ChangedTo);
        ShouldBeAt(corrected, coached.Room);

        var moved = await Http.PutAsync($"v1/{path}/{id}", coached.Body(kind, "teacherId", $"\"{other.Teacher}\"")).ShouldBeAsync(HttpStatusCode.OK);
        ShouldBeAt(moved, other.Room);
        ShouldBeAt(await ReadAsync(kind, id), other.Room);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task It_can_be_removed_once(string path)
    {
        var (kind, coached) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http));
        var id = await RecordAsync(kind, coached);
        await Http.DeleteAsync($"v1/{path}/{id}", Cancellation).ShouldBeAsync(HttpStatusCode.NoContent);
        await Http.DeleteAsync($"v1/{path}/{id}", Cancellation).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await Http.GetAsync($"v1/{path}/{id}", Cancellation).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        await Http.PutAsync($"v1/{path}/{id}", coached.Body(kind)).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Request_with_an_id_of_its_own_may_be_repeated(string path)
    {
        var (kind, coached) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http));
        var own = $"\"{OltpFixture.Unique("X")}\"";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Http.PostAsync($"v1/{path}", coached.Body(kind, kind.IdField, own))));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(7);
        var another = coached.Body(kind, kind.Changed, kind.ChangedTo);
        another[kind.IdField] = own.Trim('"');
        (await Http.PostAsync($"v1/{path}", another).ShouldBeProblemAsync(HttpStatusCode.Conflict)).Fields.ShouldBe([kind.IdField]);
        (await Http.PutAsync($"v1/{path}/elsewhere", another).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([kind.IdField]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Unknown_teacher_is_named_whether_recorded_or_corrected(string path)
    {
        var (kind, coached) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http));
        var id = await RecordAsync(kind, coached);
        var body = coached.Body(kind, "teacherId", "\"nobody\"");
        (await Http.PostAsync($"v1/{path}", body).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Reason("teacherId").ShouldBe("is not known: 'nobody'");
        (await Http.PutAsync($"v1/{path}/{id}", body).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe(["teacherId"]);
        (await CountAsync(kind, coached)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Teacher_of_whom_something_is_recorded_stays(string path)
    {
        var (kind, coached) = (RecordKind.Of(path), await CoachedTeacher.CreateAsync(Http));
        await RecordAsync(kind, coached);
        (await Http.DeleteAsync($"v1/teachers/{coached.Teacher}", Cancellation).ShouldBeProblemAsync(HttpStatusCode.Conflict)).Detail.ShouldContain(kind.Table);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task It_takes_a_token_that_allows_writing(string path)
    {
        using var nobody = oltp.Client(null);
        using var analyst = oltp.Client(oltp.Token("analyst", null));
        await nobody.PostAsync($"v1/{path}", new { }).ShouldBeProblemAsync(HttpStatusCode.Unauthorized);
        await analyst.PostAsync($"v1/{path}", new { }).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
        await analyst.PostAsync($"v1/{path}/batch", Array.Empty<int>()).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Api_describes_it(string path)
    {
        var document = await Http.GetAsync("openapi/v1.json", Cancellation).ShouldBeAsync(HttpStatusCode.OK);
        foreach (var described in new[] { $"/v1/{path}", $"/v1/{path}/{{id}}", $"/v1/{path}/batch", "/v1/resources/{id}" })
        {
            document.GetProperty("paths").GetProperty(described).EnumerateObject()
                .ShouldAllBe(operation => operation.Value.GetProperty("summary").GetString()!.Length > 0);
        }
    }

    private async Task<string> RecordAsync(RecordKind kind, CoachedTeacher coached) =>
        Text(await Http.PostAsync($"v1/{kind.Path}", coached.Body(kind)).ShouldBeAsync(HttpStatusCode.Created), kind.IdField);

    private Task<JsonElement> ReadAsync(RecordKind kind, string id) => Http.GetAsync($"v1/{kind.Path}/{id}", Cancellation).ShouldBeAsync(HttpStatusCode.OK);

    private Task<long> CountAsync(RecordKind kind, CoachedTeacher coached) =>
        oltp.ScalarAsync<long>($"SELECT count(*) FROM {kind.Table} WHERE teacher_id = '{coached.Teacher}'");

    private static void ShouldBeAt(JsonElement record, Classroom room) =>
        (Text(record, "schoolId"), Text(record, "districtId"), Text(record, "stateId")).ShouldBe((room.School, room.District, "TX"));

    // 80 comes back as 80.00, and a grade as text.
    private static string Plain(string text) =>
        decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.####", CultureInfo.InvariantCulture) : text;

    private static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;
}
