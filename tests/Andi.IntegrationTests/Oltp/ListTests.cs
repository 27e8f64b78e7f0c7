using System.Net;
using System.Text.Json;
using Andi.IntegrationTests.Oltp.Coaching;

namespace Andi.IntegrationTests.Oltp;

/// <summary>The lists of the write side: what they hold, in which order, page by page.</summary>
[Collection(OltpCollection.Name)]
public sealed class ListTests(OltpFixture oltp)
{
    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Places_and_people_are_listed_by_what_they_refer_to()
    {
        var room = await Classroom.CreateAsync(Http, students: 3);
        var other = await Classroom.CreateAsync(Http);
        (await IdsAsync($"schools?districtId={room.District}", "schoolId")).ShouldBe([room.School]);
        (await IdsAsync($"teachers?schoolId={room.School}", "teacherId")).ShouldBe([room.Teacher]);
        (await IdsAsync($"students?schoolId={room.School}", "studentId")).ShouldBe(room.Students.Order(StringComparer.Ordinal));
        (await IdsAsync($"students?schoolId={room.School}&grade=05", "studentId")).ShouldBe(room.Students.Order(StringComparer.Ordinal));
        (await IdsAsync($"students?schoolId={room.School}&grade=6", "studentId")).ShouldBeEmpty();
        var first = (await Http.GetAsync($"v1/districts?limit=1000&stateId=TX", Cancel).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("items");
        first.EnumerateArray().ShouldAllBe(district => district.GetProperty("stateId").GetString() == "TX");
        (await IdsAsync("districts?limit=1000", "districtId")).ShouldContain(other.District);
    }

    [Fact]
    public async Task Tests_are_listed_by_subject()
    {
        var subject = OltpFixture.Unique("Art ");
        var ids = Enumerable.Range(0, 2).Select(_ => OltpFixture.Unique("M")).Order(StringComparer.Ordinal).ToList();
        foreach (var id in ids)
        {
            await Http.PutAsync($"v1/tests/{id}", new { name = "Spring", subject, maxScore = 50 }).ShouldBeAsync(HttpStatusCode.Created);
        }

        (await IdsAsync($"tests?subject={Uri.EscapeDataString($" {subject} ")}", "testId")).ShouldBe(ids);
    }

    [Fact]
    public async Task Scores_are_listed_by_all_that_must_hold()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var score = await ScoreAsync(room, 0, "2025-2026");
        var former = await ScoreAsync(room, 0, "2024-2025");
        var other = await ScoreAsync(room, 1, "2025-2026");
        (await IdsAsync($"scores?teacherId={room.Teacher}", "scoreId")).ShouldBe(Sorted(score, former, other));
        (await IdsAsync($"scores?testId={room.Test}", "scoreId")).ShouldBe(Sorted(score, former, other));
        (await IdsAsync($"scores?studentId={room.Student}", "scoreId")).ShouldBe(Sorted(score, former));
        (await IdsAsync($"scores?testId={room.Test}&schoolYear=2025", "scoreId")).ShouldBe(Sorted(score, other));
        (await IdsAsync($"scores?teacherId={room.Teacher}&studentId={room.Student}&schoolYear=2024-2025", "scoreId")).ShouldBe([former]);
        (await IdsAsync($"scores?teacherId={room.Teacher}&testId=nothing", "scoreId")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ciq-sessions")]
    [InlineData("resource-usage")]
    [InlineData("community-activity")]
    public async Task What_is_recorded_of_a_teacher_is_listed(string path)
    {
        var coached = await CoachedTeacher.CreateAsync(Http);
        var kind = RecordKind.Of(path);
        var ids = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            var recorded = await Http.PostAsync($"v1/{path}", coached.Body(kind)).ShouldBeAsync(HttpStatusCode.Created);
            ids.Add(recorded.GetProperty(kind.IdField).GetString()!);
        }

        (await IdsAsync($"{path}?teacherId={coached.Teacher}", kind.IdField)).ShouldBe(Sorted([.. ids]));
    }

    [Fact]
    public async Task Pages_hold_all_once_and_are_as_long_as_asked_for()
    {
        var room = await Classroom.CreateAsync(Http, students: 5);
        var found = new List<string>();
        var lengths = new List<int>();
        string? cursor = null;
        do
        {
            var page = await Http.GetAsync($"v1/students?schoolId={room.School}&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", Cancel)
                .ShouldBeAsync(HttpStatusCode.OK);
            var ids = Ids(page, "studentId");
            lengths.Add(ids.Count);
            found.AddRange(ids);
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        lengths.ShouldBe([2, 2, 1]);
        found.ShouldBe(room.Students.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("students?limit=0", "limit")]
    [InlineData("students?limit=1001", "limit")]
    [InlineData("students?limit=many", "limit")]
    [InlineData("students?cursor=", "cursor")]
    [InlineData("students?cursor=x", "cursor")]
    [InlineData("students?cursor=e30", "cursor")]
    [InlineData("students?schoolId=a/b", "schoolId")]
    [InlineData("students?schoolId=", "schoolId")]
    [InlineData("students?schoolId=S1&schoolId=S2", "schoolId")]
    [InlineData("students?grade=13", "grade")]
    [InlineData("scores?schoolYear=2025-2027", "schoolYear")]
    [InlineData("students?name=Kid", "name")]
    [InlineData("scores?student=P1", "student")]
    public async Task What_is_wrong_is_named(string path, string field) =>
        (await Http.GetAsync($"v1/{path}", Cancel).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldBe([field]);

    [Fact]
    public async Task List_is_answered_to_HEAD_without_its_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "v1/resources?limit=1");
        using var response = await Http.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeEmpty();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string[] Sorted(params string[] ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static List<string> Ids(JsonElement page, string idField) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(idField).GetString()!)];

    private async Task<List<string>> IdsAsync(string path, string idField) =>
        Ids(await Http.GetAsync($"v1/{path}", Cancel).ShouldBeAsync(HttpStatusCode.OK), idField);

    private async Task<string> ScoreAsync(Classroom room, int student, string schoolYear) =>
        (await Http.PostAsync("v1/scores", room.Score(student) with { SchoolYear = schoolYear, TestDate = $"{schoolYear[5..]}-05-01" })
            .ShouldBeAsync(HttpStatusCode.Created))
        .GetProperty("scoreId").GetString()!;
}
