using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Andi.Security;
using Npgsql;

namespace Andi.IntegrationTests.Oltp;

/// <summary>What callers with a scope read and write: their own, and nothing else, by whatever way they ask.</summary>
[Collection(OltpCollection.Name)]
public sealed class ScopedCallerTests(OltpFixture oltp)
{
    private readonly string _id = OltpFixture.Unique("sc");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teacher_sees_the_own_classroom_and_what_is_above_it()
    {
        await SetUpAsync();
        using var teacher = oltp.Client(oltp.Token(Roles.Teacher, $"{_id}-T1"));

        (await IdsAsync(teacher, "/v1/scores", "scoreId")).ShouldBe([$"{_id}-score1"]);
        (await IdsAsync(teacher, "/v1/students", "studentId")).ShouldBe([$"{_id}-A", $"{_id}-C"], "one has a score, the other is in a class");
        (await IdsAsync(teacher, "/v1/schools", "schoolId")).ShouldBe([$"{_id}-S1"]);
        (await IdsAsync(teacher, "/v1/districts", "districtId")).ShouldBe([$"{_id}-D1"]);
        (await IdsAsync(teacher, "/v1/teachers", "teacherId")).ShouldBe([$"{_id}-T1"]);
        (await IdsAsync(teacher, "/v1/classes", "classId")).ShouldBe([$"{_id}-K1"]);
        (await IdsAsync(teacher, $"/v1/scores?teacherId={_id}-T2", "scoreId")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Roles.Teacher, "T1", "A", "B")]
    [InlineData(Roles.SchoolAdmin, "S1", "A", "B")]
    [InlineData(Roles.DistrictAdmin, "D1", "A", "B")]
    [InlineData(Roles.StateAdmin, "X1", "A", "B")]
    public async Task Id_outside_of_the_scope_is_answered_as_an_unknown_one(string role, string scope, string own, string other)
    {
        await SetUpAsync();
        using var caller = oltp.Client(oltp.Token(role, $"{_id}-{scope}"));

        (await caller.GetAsync($"/v1/students/{_id}-{own}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (outside, unknown) = (await ProblemAsync(caller, $"{_id}-{other}"), await ProblemAsync(caller, $"{_id}-nobody"));
        outside.Replace($"{_id}-{other}", "ID", StringComparison.Ordinal).ShouldBe(unknown.Replace($"{_id}-nobody", "ID", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Teacher_records_corrects_and_removes_only_in_the_own_classroom()
    {
        await SetUpAsync();
        using var teacher = oltp.Client(oltp.Token(Roles.Teacher, $"{_id}-T1"));

        (await teacher.PostAsJsonAsync("/v1/scores", Score("T1", "C"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await ShouldBeUnknownAsync(await teacher.PostAsJsonAsync("/v1/scores", Score("T2", "C"), Cancel), "teacherId");
        await ShouldBeUnknownAsync(await teacher.PostAsJsonAsync("/v1/scores", Score("T1", "B"), Cancel), "studentId");
        (await teacher.PutAsJsonAsync($"/v1/scores/{_id}-score2", Score("T1", "A"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await teacher.DeleteAsync($"/v1/scores/{_id}-score2", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await teacher.PutAsJsonAsync($"/v1/students/{_id}-A", new { name = "A", grade = "5", schoolId = $"{_id}-S1" }, Cancel)).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
        (await teacher.DeleteAsync($"/v1/scores/{_id}-score1", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Batch_and_import_of_a_teacher_write_nothing_when_a_row_is_of_another_classroom()
    {
        await SetUpAsync();
        using var teacher = oltp.Client(oltp.Token(Roles.Teacher, $"{_id}-T1"));

        (await teacher.PostAsJsonAsync("/v1/scores/batch", new[] { Score("T1", "C"), Score("T2", "A") }, Cancel)).StatusCode
            .ShouldBe(HttpStatusCode.BadRequest);
        var overwrite = "score_id,student_id,teacher_id,test_id,school_year,test_date,overall_score\n"
            + $"{_id}-score2,{_id}-C,{_id}-T1,{_id}-M,2025,2026-01-10,1\n";
        using var file = Csv(overwrite);
        (await teacher.PostAsync("/v1/imports/scores?mode=upsert", file, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var students = Csv("student_id,name,grade,school_id\n");
        (await teacher.PostAsync("/v1/imports/students", students, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await oltp.ScalarAsync<long>($"SELECT count(*) FROM scores WHERE starts_with(student_id, '{_id}')")).ShouldBe(2);
    }

    [Fact]
    public async Task School_admin_writes_within_the_school_and_moves_nobody_out_of_it()
    {
        await SetUpAsync();
        using var principal = oltp.Client(oltp.Token(Roles.SchoolAdmin, $"{_id}-S1"));

        (await principal.PutAsJsonAsync($"/v1/students/{_id}-new", new { name = "New", grade = "5", schoolId = $"{_id}-S1" }, Cancel)).StatusCode
            .ShouldBe(HttpStatusCode.Created);
        await ShouldBeUnknownAsync(
            await principal.PutAsJsonAsync($"/v1/students/{_id}-A", new { name = "A", grade = "5", schoolId = $"{_id}-S2" }, Cancel), "schoolId");
        (await principal.PutAsJsonAsync($"/v1/students/{_id}-B", new { name = "Taken", grade = "5", schoolId = $"{_id}-S1" }, Cancel)).StatusCode
            .ShouldBe(HttpStatusCode.Conflict);
        (await principal.PutAsJsonAsync($"/v1/tests/{_id}-M", new { name = "M", subject = "M" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await oltp.ScalarAsync<string>($"SELECT name FROM students WHERE student_id = '{_id}-B'")).ShouldBe("B");
    }

    [Theory]
    [InlineData(Roles.DistrictAdmin, "D1")]
    [InlineData(Roles.StateAdmin, "X1")]
    [InlineData(Roles.Analyst, null)]
    public async Task Roles_that_only_read_write_nothing(string role, string? scope)
    {
        await SetUpAsync();
        using var caller = oltp.Client(oltp.Token(role, scope is null ? null : $"{_id}-{scope}"));

        (await caller.PostAsJsonAsync("/v1/scores", Score("T1", "C"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await caller.GetAsync($"/v1/tests/{_id}-M", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Analyst_reads_no_student_and_service_lists_nothing()
    {
        await SetUpAsync();
        using var analyst = oltp.Client(oltp.Token(Roles.Analyst, null));
        using var service = oltp.Client(oltp.Token(Roles.Service, null));

        (await analyst.GetAsync($"/v1/students/{_id}-A", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await analyst.GetAsync("/v1/scores", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await service.GetAsync("/v1/students", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await service.GetAsync($"/v1/students/{_id}-C", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "an admin wrote it");
        (await service.PutAsJsonAsync($"/v1/students/{_id}-C", new { name = "C", grade = "6", schoolId = $"{_id}-S1" }, Cancel)).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        (await service.GetAsync($"/v1/students/{_id}-C", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var file = Csv($"student_id,name,grade,school_id\n{_id}-I,I,5,{_id}-S1\n");
        (await service.PostAsync("/v1/imports/students", file, Cancel)).EnsureSuccessStatusCode();
        (await service.GetAsync($"/v1/students/{_id}-I", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(Roles.Teacher, null, HttpStatusCode.Unauthorized)]
    [InlineData("principal", "S1", HttpStatusCode.Forbidden)]
    public async Task Role_without_its_scope_or_without_a_rule_may_do_nothing(string role, string? scope, HttpStatusCode status)
    {
        using var caller = oltp.Client(oltp.Token(role, scope));

        (await caller.GetAsync("/v1/tests", Cancel)).StatusCode.ShouldBe(status);
    }

    // What a DBA sees who takes the group role: the rows of the scope that is set, and none where none is.
    [Fact]
    public async Task Database_role_without_a_scope_sees_no_rows()
    {
        await SetUpAsync();
        await using var connection = await oltp.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        (await CountAsync("")).ShouldBe(0);
        (await CountAsync($"SET LOCAL andi.scope_id = '{_id}-T1';")).ShouldBe(1);

        async Task<long> CountAsync(string set)
        {
            await using var command = new NpgsqlCommand($"SET LOCAL ROLE andi_teacher; {set} SELECT count(*) FROM scores", connection, transaction);
            return (long)(await command.ExecuteScalarAsync(Cancel))!;
        }
    }

    // D1 (state X1): S1 with teacher T1, students A (scored) and C (in class K1). D2 (state X2): S2 with teacher T2 and student B (scored).
    private async Task SetUpAsync()
    {
        foreach (var n in (int[])[1, 2])
        {
            await PutAsync($"/v1/districts/{_id}-D{n}", new { name = "D", stateId = $"{_id}-X{n}" });
            await PutAsync($"/v1/schools/{_id}-S{n}", new { name = "S", districtId = $"{_id}-D{n}" });
            await PutAsync($"/v1/teachers/{_id}-T{n}", new { name = "T", schoolId = $"{_id}-S{n}" });
        }

        await PutAsync($"/v1/tests/{_id}-M", new { name = "M", subject = "Mathematics" });
        foreach (var (name, school) in ((string, int)[])[("A", 1), ("C", 1), ("B", 2)])
        {
            await PutAsync($"/v1/students/{_id}-{name}", new { name, grade = "5", schoolId = $"{_id}-S{school}" });
        }

        await PutAsync($"/v1/classes/{_id}-K1", new
        {
            name = "K",
            schoolId = $"{_id}-S1",
            teacherId = $"{_id}-T1",
            schoolYear = "2025",
            enrollments = new[] { new { studentId = $"{_id}-C", from = "2025-09-01" } },
        });
        foreach (var (student, number) in ((string, int)[])[("A", 1), ("B", 2)])
        {
            (await oltp.Http.PostAsJsonAsync("/v1/scores", Score($"T{number}", student, $"{_id}-score{number}"), Cancel)).EnsureSuccessStatusCode();
        }
    }

    private static StringContent Csv(string content) => new(content, new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv"));

    private async Task PutAsync(string path, object body) => (await oltp.Http.PutAsJsonAsync(path, body, Cancel)).EnsureSuccessStatusCode();

    private object Score(string teacher, string student, string? id = null) => new
    {
        scoreId = id,
        studentId = $"{_id}-{student}",
        teacherId = $"{_id}-{teacher}",
        testId = $"{_id}-M",
        schoolYear = "2025",
        testDate = "2026-01-10",
        overallScore = 50,
    };

    private async Task<string[]> IdsAsync(HttpClient caller, string path, string id) =>
    [
        .. (await caller.GetFromJsonAsync<JsonElement>(path, Cancel)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty(id).GetString()!).Where(one => one.StartsWith(_id, StringComparison.Ordinal)),
    ];

    private static async Task<string> ProblemAsync(HttpClient caller, string id)
    {
        var answer = await caller.GetAsync($"/v1/students/{id}", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var problem = await answer.Content.ReadFromJsonAsync<Dictionary<string, JsonElement>>(Cancel);
        problem!.Remove("traceId");
        return JsonSerializer.Serialize(problem);
    }

    private static async Task ShouldBeUnknownAsync(HttpResponseMessage answer, string field)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        problem.GetProperty("errors").GetProperty(field)[0].GetString().ShouldStartWith("is not known");
    }
}
