using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Security;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>
/// What a caller is told who may not see the students, over HTTP and on the real stores. District D9 has the schools C91 (classrooms of 12 and 15), C92 (of 3),
/// C93 (of 4) and C94 (of 20); the students of a classroom scored 40, 41 and so on. Ten are the fewest that are told of.
/// </summary>
public sealed class SmallGroupApiTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private static readonly (string School, string Teacher, int Students)[] Classrooms =
        [("C91", "T91", 12), ("C91", "T92", 15), ("C92", "T93", 3), ("C93", "T94", 4), ("C94", "T95", 20)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Caller_who_may_not_see_students_is_told_of_enough_of_them_at_a_time_and_staff_of_each()
    {
        await CreateAsync();
        var analyst = Protected(Roles.Analyst, null);

        // C92 and C93 are too small together, too; they are told of with the smallest other classroom, so that C91 is no whole any more.
        var schools = await ItemsAsync(analyst, "/v1/districts/D9/schools/scores");
        schools.Select(item => (Text(item, "id"), Text(item, "suppressed"), Number(item, "totalStudents"), Number(item, "avgScore"))).ShouldBe(
        [
            (null, null, 34, 1540 / 34.0), ("C91", "small group", null, null), ("C92", "small group", null, null), ("C93", "small group", null, null),
            ("C94", null, 20, 49.5),
        ]);
        var grade = (await ItemsAsync(analyst, "/v1/districts/D9/scores")).ShouldHaveSingleItem();
        (Number(grade, "studentCount"), Number(grade, "avgScore"), Number(grade, "exemptCount")).ShouldBe((54, 2530 / 54.0, null));

        var classroom = await GetAsync(analyst, "/v1/classrooms/T92/scores?testId=X1");
        (Number(classroom, "studentCount"), Number(classroom, "avgScore"), Number(classroom, "medianScore")).ShouldBe((15, 47, 47));
        (Number(classroom, "minScore"), Number(classroom, "maxScore"), Number(classroom, "scoreStdDev"), Number(classroom, "goodCount"))
            .ShouldBe((null, null, null, null));
        var shares = classroom.GetProperty("bands").EnumerateArray().Select(band => band.GetProperty("share")).ToList();
        shares.Select(share => (Number(share, "low"), Number(share, "high"))).ShouldBe([(0, 0.1333), (0, 0.1333), (0, 0.1333), (0.8667, 1)]);

        Text(await GetAsync(analyst, "/v1/classrooms/T93/scores?testId=X1"), "suppressed").ShouldBe("small group");
        Text((await ItemsAsync(analyst, "/v1/schools/C92/dimensions"))[0], "suppressed").ShouldBe("small group");
        var distribution = await GetAsync(analyst, "/v1/schools/C94/distribution");
        (distribution.GetProperty("items").GetArrayLength(), Text(distribution, "suppressed")).ShouldBe((0, "small group"));

        // All grades of all years: the same groups, and in the lists nothing of the others.
        var year = (await ItemsAsync(analyst, "/v1/schools/C94/trend")).ShouldHaveSingleItem();
        (Number(year, "studentCount"), Number(year, "avgScore"), Number(year, "medianScore"), Number(year, "scoreStdDev")).ShouldBe((20, 49.5, 50, 6));
        (Text(year, "schoolYear"), Text(year, "testName"), Text(year, "subject")).ShouldBe(("2025-2026", "Spring math", "math"));
        Number((await ItemsAsync(analyst, "/v1/districts/D9/trend?subject=math"))[0], "studentCount").ShouldBe(54);
        (await ItemsAsync(analyst, "/v1/districts/D9/trend?subject=reading")).ShouldBeEmpty();
        foreach (var withheld in new[] { "schools/C92", "schools/C91", "classrooms/T93", "states/ST" })
        {
            (Text((await ItemsAsync(analyst, $"/v1/{withheld}/trend?testId=X1"))[0], "suppressed"), (await ItemsAsync(analyst, $"/v1/{withheld}/tests")).Count)
                .ShouldBe(("small group", 0), withheld);
        }

        foreach (var told in new[] { "schools/C94", "districts/D9", "classrooms/T92" })
        {
            var listed = (await ItemsAsync(analyst, $"/v1/{told}/tests")).ShouldHaveSingleItem();
            (Text(listed, "schoolYear"), Text(listed, "testId"), listed.GetProperty("grades").GetRawText()).ShouldBe(("2025-2026", "X1", """["5"]"""), told);
        }

        // A principal knows 3 of the 19 who are told of together: that would leave her 16, but the rule does not count on what else she knows.
        var principal = Protected(Roles.SchoolAdmin, "C92");
        Text((await ItemsAsync(principal, "/v1/districts/D9/scores"))[0], "suppressed").ShouldBe("small group");
        Number((await ItemsAsync(principal, "/v1/schools/C94/scores"))[0], "studentCount").ShouldBe(20);
        Number((await ItemsAsync(principal, "/v1/schools/C92/scores"))[0], "studentCount").ShouldBe(3);
        Number((await ItemsAsync(principal, "/v1/schools/C92/trend"))[0], "studentCount").ShouldBe(3);
        (await ItemsAsync(principal, "/v1/schools/C92/tests")).Count.ShouldBe(1);

        // Beside the own classroom stand school and district: the one is the classroom itself, the other would tell of 4 with what she knows.
        using var teacher = api.Client(Roles.Teacher, "T93");
        var beside = (await ItemsAsync(teacher, "/v1/classrooms/T93/students"))[0];
        (Number(beside, "classroomAvg"), Number(beside, "districtAvg")).ShouldBe((41, null));

        // A student's page has the same: exact where the caller sees the students, published around that.
        await api.World.PutAsync("students", Cancel, World.Student("T93-0", "Pupil of C92"), World.Student("T95-0", "Pupil of C94"));
        (await BesideAsync(teacher, "T93-0")).ShouldBe((41, null, null));
        (await BesideAsync(principal, "T93-0")).ShouldBe((41, 41, null));
        (await BesideAsync(Protected(Roles.SchoolAdmin, "C94"), "T95-0")).ShouldBe((49.5, 49.5, 2530 / 54.0));
        (await BesideAsync(Protected(Roles.DistrictAdmin, "D9"), "T93-0")).ShouldBe((41, 41, 2530 / 54.0));

        (await api.GetAsync("/v1/districts/D9/schools/scores")).GetProperty("items").EnumerateArray().Select(item => Number(item, "totalStudents"))
            .ShouldBe([27, 3, 4, 20]);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/schools/C94/scores");
        request.Headers.Add("Andi-At-Least", "FF/0");
        using var response = await analyst.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("Not published yet");

        // One correction is not told, ten are; who may see the students sees each at once.
        await CorrectAsync(0, 90);
        (await AverageAsync(analyst)).ShouldBe(49.5);
        Number((await ItemsAsync(analyst, "/v1/schools/C94/trend"))[0], "avgScore").ShouldBe(49.5);
        (await AverageAsync(api.Http)).ShouldBe(52);
        Number((await ItemsAsync(api.Http, "/v1/schools/C94/trend"))[0], "avgScore").ShouldBe(52);
        for (var student = 1; student < 10; student++)
        {
            await CorrectAsync(student, 70 + student);
        }

        (await AverageAsync(analyst)).ShouldBe(65.5);

        // Another replica, or the same after a restart, goes on from what was told.
        await CorrectAsync(10, 99);
        (await AverageAsync(Protected(Roles.Analyst, null))).ShouldBe(65.5);
    }

    private HttpClient Protected(string role, string? scope)
    {
        var http = api.PublishingAtOnce().CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", api.Token(role, scope));
        return http;
    }

    private async Task CreateAsync()
    {
        await api.World.PutAsync("districts", Cancel, World.District("D9", "Nine"));
        await api.World.PutAsync(
            "schools", Cancel, [.. Classrooms.Select(room => room.School).Distinct().Select(school => World.School(school, school, "D9"))]);
        await api.World.PutAsync("teachers", Cancel, [.. Classrooms.Select(room => World.Teacher(room.Teacher, room.Teacher, room.School))]);
        await api.World.ScoresAsync(
            Cancel, [.. Classrooms.SelectMany(room => Enumerable.Range(0, room.Students).Select(n => Score(room.School, room.Teacher, n, 40 + n)))]);
    }

    private async Task CorrectAsync(int student, int score)
    {
        await api.World.RemoveScoresAsync(Cancel, Score("C94", "T95", student, 40 + student));
        await api.World.ScoresAsync(Cancel, Score("C94", "T95", student, score));
    }

    private static ScoreRow Score(string school, string teacher, int student, decimal score) =>
        World.Score(string.Create(CultureInfo.InvariantCulture, $"{teacher}-{student}"), teacher, school, "D9", "X1", score, 2);

    private static async Task<double?> AverageAsync(HttpClient http) => Number((await ItemsAsync(http, "/v1/schools/C94/scores"))[0], "avgScore");

    private static async Task<(double? Classroom, double? School, double? District)> BesideAsync(HttpClient http, string student)
    {
        var item = (await ItemsAsync(http, $"/v1/students/{student}/scores")).ShouldHaveSingleItem();
        return (Number(item, "classroomAvg"), Number(item, "schoolAvg"), Number(item, "districtAvg"));
    }

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient http, string path) =>
        [.. (await GetAsync(http, path)).GetProperty("items").EnumerateArray()];

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, Cancel);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Number(JsonElement item, string name) =>
        item.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
