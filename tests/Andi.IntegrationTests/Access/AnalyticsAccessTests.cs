using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Andi.IntegrationTests.AnalyticsApi;
using Andi.Security;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.Access;

/// <summary>The Analytics API does what docs/access.md says: every call as every role, about something of its own, of others and of nobody.</summary>
public sealed partial class AnalyticsAccessTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>, IAsyncLifetime
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, AccessCell>> Table = AccessTable.Read("Andi.AnalyticsApi");

    private const string Search = "/v1/search";

    // The caller's own are in state ST, those of others in state OT.
    private static readonly Dictionary<string, (string Own, string Other)> Ids = new()
    {
        ["classrooms"] = ("T1", "T9"),
        ["teachers"] = ("T1", "T9"),
        ["schools"] = ("C1", "C9"),
        ["districts"] = ("D1", "D9"),
        ["states"] = ("ST", "OT"),
        ["students"] = ("P1", "P99"),
        ["classes"] = ("K1", "K9"),
    };

    private static readonly Dictionary<string, string?> Scopes = new()
    {
        [Roles.Teacher] = "T1",
        [Roles.SchoolAdmin] = "C1",
        [Roles.DistrictAdmin] = "D1",
        [Roles.StateAdmin] = "ST",
        [Roles.Analyst] = null,
        [Roles.Service] = null,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> AllRoles => [.. Scopes.Keys];

    public async ValueTask InitializeAsync()
    {
        if ((await api.GetAsync("/v1/states")).GetProperty("items").GetArrayLength() > 1)
        {
            return;
        }

        var world = api.World;
        await world.PutAsync("districts", Cancel, new Row(World.District("D9", "Eastside")) { ["state_id"] = "OT" });
        await world.PutAsync("schools", Cancel, World.School("C9", "Moor", "D9"));
        await world.PutAsync("teachers", Cancel, World.Teacher("T9", "Mr. Ox", "C9"));
        await world.PutAsync("students", Cancel, new Row(World.Student("P99", "Pupil 99")) { ["school_id"] = "C9" });
        await world.PutAsync("classes", Cancel, Class("K1", "C1", "T1"), Class("K9", "C9", "T9"));
        await world.ScoresAsync(Cancel, World.Score("P99", "T9", "C9", "D9", "X1", 77m, 2) with { StateId = "OT" });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_call_has_a_row() => Table.Keys.Order().ShouldBe(AccessTable.Calls("analytics").Order());

    [Theory]
    [MemberData(nameof(AllRoles))]
    public async Task Every_call_about_a_place_is_answered_as_the_table_says(string role)
    {
        using var caller = api.Client(role, Scopes[role]);
        foreach (var (call, cells) in Table.Where(row => row.Key.Contains('{', StringComparison.Ordinal)))
        {
            var (template, cell) = (call[4..], cells[role]);
            var (own, other) = Ids[template.Split('/')[2]];
            var (ofOwn, ofOther, ofNobody) =
                (await AskAsync(caller, template, own), await AskAsync(caller, template, other), await AskAsync(caller, template, "nobody"));
            if (cell.IsForbidden)
            {
                ((ofOwn.Status, ofOther.Status, ofNobody.Status) is (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden))
                    .ShouldBeTrue($"{role} {call}: {ofOwn.Status} {ofOther.Status} {ofNobody.Status}");
                continue;
            }

            ofOwn.Status.ShouldBe(cell.Own ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{role} {call} of {own}");
            ofOther.Status.ShouldBe(cell.Others ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{role} {call} of {other}");
            ofNobody.Status.ShouldBe(HttpStatusCode.NotFound, $"{role} {call} of nobody");
            foreach (var (isProtected, body) in ((bool, string)[])[(cell.OwnIsProtected, ofOwn.Body), (cell.OthersAreProtected, ofOther.Body)])
            {
                // Every group of this world is smaller than the minimum.
                (isProtected && Figure().IsMatch(body)).ShouldBeFalse($"{role} {call}: {body}");
                (isProtected && call.EndsWith("/tests", StringComparison.Ordinal) && body != """{"items":[]}""").ShouldBeFalse($"{role} {call}: {body}");
            }

            if (!cell.Others)
            {
                ofOther.Body.ShouldBe(ofNobody.Body.Replace("nobody", other, StringComparison.Ordinal), $"{role} {call}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllRoles))]
    public async Task Every_list_is_answered_as_the_table_says(string role)
    {
        using var caller = api.Client(role, Scopes[role]);
        foreach (var (call, cells) in Table.Where(row => !row.Key.Contains('{', StringComparison.Ordinal)))
        {
            var (path, cell) = (call[4..], cells[role]);
            var (status, body) = await AskAsync(caller, path == Search ? $"{Search}?q=e" : path, "");
            status.ShouldBe(cell.IsForbidden ? HttpStatusCode.Forbidden : HttpStatusCode.OK, $"{role} {call}: {body}");
            if (!cell.IsForbidden && path is "/v1/states" or "/v1/districts" or "/v1/schools" or "/v1/classrooms")
            {
                var other = Ids[path[4..]].Other;
                body.Contains($"\"{other}\"", StringComparison.Ordinal).ShouldBe(cell.Others, $"{role} {call}: {body}");
                body.Contains($"\"{Ids[path[4..]].Own}\"", StringComparison.Ordinal).ShouldBeTrue($"{role} {call}: {body}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllRoles))]
    public async Task Search_finds_of_each_kind_what_the_table_says(string role)
    {
        using var caller = api.Client(role, Scopes[role]);
        var cell = Table[$"GET {Search}"][role];
        foreach (var (kind, things) in ((string, string)[])
            [("district", "districts"), ("school", "schools"), ("classroom", "classrooms"), ("student", "students")])
        {
            // Whoever is told of no student by the table of calls finds none either.
            var mayFind = !cell.IsForbidden && (kind != "student" || Table["GET /v1/students/{studentId}/scores"][role].Own);
            foreach (var (id, isThere) in ((string, bool)[])[(Ids[things].Own, mayFind && cell.Own), (Ids[things].Other, mayFind && cell.Others)])
            {
                var (status, body) = await AskAsync(caller, $"{Search}?q={id}&limit=100", "");
                status.ShouldBe(cell.IsForbidden ? HttpStatusCode.Forbidden : HttpStatusCode.OK, $"{role} {kind} {id}: {body}");
                (status == HttpStatusCode.OK && JsonDocument.Parse(body).RootElement.GetProperty("items").EnumerateArray()
                    .Any(item => item.GetProperty("kind").GetString() == kind && item.GetProperty("id").GetString() == id))
                    .ShouldBe(isThere, $"{role} {kind} {id}: {body}");
            }
        }
    }

    [Theory]
    [InlineData("/v1/districts?stateId=OT")]
    [InlineData("/v1/schools?districtId=D9")]
    [InlineData("/v1/classrooms?schoolId=C9")]
    [InlineData("/v1/schools/rankings?districtId=D9")]
    [InlineData("/v1/schools/rankings?stateId=OT")]
    [InlineData("/v1/resources/usage?districtId=D9")]
    [InlineData("/v1/resources/usage/weekly?districtId=D9")]
    [InlineData("/v1/community/activity?districtId=D9")]
    [InlineData("/v1/adoption?schoolId=C9")]
    public async Task List_is_not_narrowed_to_a_place_of_others(string path)
    {
        foreach (var role in Roles.Scoped)
        {
            using var caller = api.Client(role, Scopes[role]);
            (await AskAsync(caller, path, "")).Status.ShouldBe(HttpStatusCode.NotFound, role);
        }
    }

    [Theory]
    [InlineData(Roles.SchoolAdmin, "C1", "C1")]
    [InlineData(Roles.DistrictAdmin, "D1", "C1 C2")]
    [InlineData(Roles.StateAdmin, "ST", "C1 C2 C3")]
    [InlineData(Roles.Analyst, "D1", "C1 C2")]
    [InlineData(Roles.Teacher, "T3", "C2")]
    [InlineData(Roles.SchoolAdmin, "nowhere", "")]
    public async Task Schools_that_are_listed_are_those_of_the_scope(string role, string scope, string schools)
    {
        using var caller = api.Client(role, scope);
        var (status, body) = await AskAsync(caller, "/v1/schools", "");
        status.ShouldBe(HttpStatusCode.OK);
        string.Join(' ', JsonDocument.Parse(body).RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("schoolId").GetString()))
            .ShouldBe(schools);
    }

    // The kept answer and 304 come after the scope: not even that nothing changed is told.
    [Fact]
    public async Task Kept_answer_and_304_are_for_those_who_may_ask()
    {
        using var first = await api.Http.GetAsync("/v1/classrooms/T9/students", Cancel);
        using var teacher = api.Client(Roles.Teacher, "T1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/classrooms/T9/students");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag, isWeak: true));
        (await teacher.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    // P1 got a score from T9 in another state: T1 sees the whole history, the principal of each school what was recorded there.
    [Fact]
    public async Task History_is_whole_for_the_teacher_and_of_the_own_school_for_its_admin()
    {
        await api.World.ScoresAsync(Cancel, World.Score("P2", "T9", "C9", "D9", "X2", 60m, 2) with { StateId = "OT" });
        (await TeachersAsync(Roles.Teacher, "T1")).ShouldBe(["T1", "T9"]);
        (await TeachersAsync(Roles.SchoolAdmin, "C1")).ShouldBe(["T1"]);
        (await TeachersAsync(Roles.SchoolAdmin, "C9")).ShouldBe(["T9"]);
        (await TeachersAsync(Roles.StateAdmin, "ST")).ShouldBe(["T1"]);

        async Task<string[]> TeachersAsync(string role, string scope)
        {
            using var caller = api.Client(role, scope);
            var (_, body) = await AskAsync(caller, "/v1/students/P2/scores", "");
            return
            [
                .. JsonDocument.Parse(body).RootElement.GetProperty("items").EnumerateArray()
                    .Select(item => item.GetProperty("teacherId").GetString()!).Order(),
            ];
        }
    }

    [GeneratedRegex("\"(avgScore|medianScore|studentCount|totalStudents|score)\":[0-9]")]
    private static partial Regex Figure();

    private static Row Class(string id, string school, string teacher) => new()
    {
        ["class_id"] = id,
        ["name"] = id,
        ["school_id"] = school,
        ["teacher_id"] = teacher,
        ["subject"] = null,
        ["school_year"] = "2025-2026",
    };

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient caller, string template, string id)
    {
        using var answer = await caller.GetAsync(
            string.Join('/', template.Split('/').Select(part => part.StartsWith('{') ? id : part)), HttpCompletionOption.ResponseHeadersRead, Cancel);
        if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            // It goes on for as long as the caller listens.
            return (answer.StatusCode, "");
        }

        var body = await answer.Content.ReadAsStringAsync(Cancel);
        var trace = body.IndexOf("\"traceId\"", StringComparison.Ordinal);
        return (answer.StatusCode, trace < 0 ? body : body[..trace]);
    }
}
