using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp.OneRoster;

/// <summary>Sets of OneRoster files that are as they should be: what becomes of them.</summary>
[Collection(OltpCollection.Name)]
public sealed class OneRosterTests(OltpFixture oltp)
{
    private readonly RosterSet _set = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Set_becomes_districts_schools_teachers_students_classes_and_enrollments()
    {
        var result = await ImportAsync(_set.Zip("export/"));
        FileOf(result, "orgs").ShouldBe((4, 3, 0, 0, 1));
        FileOf(result, "users").ShouldBe((7, 6, 0, 0, 1));
        FileOf(result, "academicSessions").ShouldBe((2, 0, 0, 0, 0));
        FileOf(result, "classes").ShouldBe((2, 2, 0, 0, 0));
        FileOf(result, "enrollments").ShouldBe((7, 4, 0, 0, 0));
        FileOf(result, "lineItems").ShouldBe((2, 2, 0, 0, 0));
        FileOf(result, "results").ShouldBe((4, 4, 0, 0, 0));
        (result.GetProperty("written").GetInt64(), result.GetProperty("rejected").GetInt64()).ShouldBe((21, 0));
        Strings(FileNamed(result, "orgs"), "ignoredColumns").ShouldBe(["dateLastModified", "identifier", "metadata.color"]);
        FileNamed(result, "orgs").GetProperty("entity").GetString().ShouldBe("districts, schools");

        (await TextAsync("districts", "d", "stateId")).ShouldBe("CA");
        (await TextAsync("schools", "s1", "districtId")).ShouldBe(_set.Id("d"));
        (await TextAsync("schools", "s2", "districtId")).ShouldBe(_set.Id("d"), "by way of the department");
        (await TextAsync("teachers", "t1", "name", "email", "schoolId")).ShouldBe($"Robin Sample robin@example.org {_set.Id("s1")}");
        (await TextAsync("students", "p1", "name", "grade")).ShouldBe("Alex One 5");
        (await TextAsync("students", "p2", "grade")).ShouldBe("K");
        (await TextAsync("classes", "k1", "name", "teacherId", "subject", "schoolYear")).ShouldBe($"Maths A {_set.Id("t1")} Mathematics 2026-2027");
        (await TextAsync("classes", "k2", "name", "teacherId", "subject", "schoolYear")).ShouldBe($"English B {_set.Id("t2")} English 2026-2027");
        (await EnrollmentsAsync("k1")).ShouldBe($"{_set.Id("p1")} 2026-08-15 2026-12-20, {_set.Id("p2")} 2026-08-20 ");
        await oltp.Http.GetAsync($"v1/teachers/{_set.Id("g1")}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Same_set_again_changes_nothing_whichever_way_it_is_sent()
    {
        await ImportAsync(_set.Form());
        var again = await ImportAsync(_set.Zip());
        (again.GetProperty("written").GetInt64(), again.GetProperty("unchanged").GetInt64(), again.GetProperty("removed").GetInt64()).ShouldBe((0, 21, 0));
    }

    [Fact]
    public async Task Dry_run_tells_what_would_happen_and_writes_nothing()
    {
        var result = await ImportAsync(_set.Zip(), "?dryRun=true");
        (result.GetProperty("dryRun").GetBoolean(), result.GetProperty("written").GetInt64()).ShouldBe((true, 21));
        await oltp.Http.GetAsync($"v1/districts/{_set.Id("d")}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task State_of_a_district_is_the_one_it_names_else_the_parameter_else_what_is_there()
    {
        _set.With("orgs", ",,CA,blue", ",,,blue");
        var problem = await PostAsync(_set.Zip()).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain("orgs.csv line 2: metadata.stateId is required");
        await ImportAsync(_set.Zip(), "?stateId=TX");
        (await TextAsync("districts", "d", "stateId")).ShouldBe("TX");
        await ImportAsync(_set.With("orgs", "Lakeside", "Lakeside North").Zip());
        (await TextAsync("districts", "d", "stateId", "name")).ShouldBe("TX Lakeside North");
    }

    [Fact]
    public async Task Delta_changes_and_removes_what_it_names_and_leaves_the_rest()
    {
        await ImportAsync(_set.Without("results").With("manifest", "file.results,bulk\n", "").Zip());
        var result = await ImportAsync(_set.Delta(
            ("enrollments", """
                sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
                e4~,active,2026-10-01T00:00:00Z,k1~,s1~,p1~,student,false,2026-08-17,2026-12-20
                e5~,tobedeleted,2026-10-01T00:00:00Z,k1~,s1~,p2~,student,false,,
                e8~,active,2026-10-01T00:00:00Z,k2~,s2~,t1~,teacher,true,,

                """),
            ("users", """
                sourcedId,status,orgSourcedIds,role,givenName,familyName,email,grades
                p2~,tobedeleted,,,,,,
                p3~,active,s2~,student,Joanna,Three,,7

                """)).Zip());
        (await EnrollmentsAsync("k1")).ShouldBe($"{_set.Id("p1")} 2026-08-17 2026-12-20", "the corrected first day replaces the former one");
        await oltp.Http.GetAsync($"v1/students/{_set.Id("p2")}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        (await TextAsync("students", "p3", "name", "grade")).ShouldBe("Joanna Three 7");
        (await TextAsync("students", "p4", "name")).ShouldBe("Lee Four");
        (await TextAsync("classes", "k2", "teacherId", "name")).ShouldBe($"{_set.Id("t1")} English B");
        FileOf(result, "users").ShouldBe((2, 1, 0, 1, 0));
        FileNamed(result, "users").GetProperty("mode").GetString().ShouldBe("delta");
    }

    [Fact]
    public async Task Class_of_a_delta_keeps_what_the_set_does_not_tell()
    {
        await ImportAsync(_set.Zip());
        await ImportAsync(_set.Delta(("classes", """
            sourcedId,status,title,courseSourcedId,schoolSourcedId,termSourcedIds,subjects
            k1~,active,Maths AA,c1~,s1~,fall~,

            """)).Zip());
        (await TextAsync("classes", "k1", "name", "teacherId", "subject", "schoolYear")).ShouldBe($"Maths AA {_set.Id("t1")} Mathematics 2026-2027");
        (await EnrollmentsAsync("k1")).ShouldContain(_set.Id("p1"));
    }

    [Fact]
    public async Task Enrollments_go_with_the_user_who_is_to_be_deleted_and_a_warning_tells()
    {
        await ImportAsync(_set.Zip());
        var result = await ImportAsync(_set.With("users", "p4~,,", "p4~,tobedeleted,").Zip());
        result.GetProperty("warnings").EnumerateArray().Select(warning =>
                $"{warning.GetProperty("file").GetString()} {warning.GetProperty("line").GetInt64()} {warning.GetProperty("field").GetString()}")
            .ShouldBe(["enrollments.csv 8 userSourcedId", "results.csv 5 studentSourcedId"]);
        FileOf(result, "results").ShouldBe((4, 0, 3, 1, 0));
        await oltp.Http.GetAsync($"v1/students/{_set.Id("p4")}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        (await EnrollmentsAsync("k2")).ShouldBe($"{_set.Id("p3")} 2026-09-01 ");
        FileOf(result, "enrollments").ShouldBe((7, 0, 3, 1, 0));
    }

    [Fact]
    public async Task Line_items_become_tests_on_their_scale_and_results_scores_of_the_class()
    {
        await ImportAsync(_set.Zip());
        var benchmark = await ReadAsync("tests", "i1");
        (benchmark.GetProperty("minScore").GetDecimal(), benchmark.GetProperty("maxScore").GetDecimal(), benchmark.GetProperty("bands").GetArrayLength())
            .ShouldBe((100, 350, 0));
        (await TextAsync("tests", "i1", "name", "subject")).ShouldBe("Benchmark Mathematics");
        var check = await ReadAsync("tests", "i2");
        (check.GetProperty("maxScore").GetDecimal(), check.GetProperty("bands").GetArrayLength()).ShouldBe((100, 4), "the default scale has its bands");

        var scored = await ReadAsync("scores", "r1");
        scored.GetProperty("overallScore").GetDecimal().ShouldBe(203.5m);
        scored.GetProperty("overallPerformanceLevel").ValueKind.ShouldBe(JsonValueKind.Null);
        (await TextAsync("scores", "r1", "status", "teacherId", "schoolYear", "testDate", "grade", "schoolId"))
            .ShouldBe($"scored {_set.Id("t1")} 2026-2027 2026-10-02 5 {_set.Id("s1")}");
        (await TextAsync("scores", "r2", "status")).ShouldBe("exempt");
        var absent = await ReadAsync("scores", "r4");
        (absent.GetProperty("status").GetString(), absent.GetProperty("overallScore").ValueKind).ShouldBe(("absent", JsonValueKind.Null));
    }

    [Fact]
    public async Task Results_of_a_delta_belong_to_the_class_of_the_other_scores_and_those_to_come_are_ignored()
    {
        await ImportAsync(_set.Zip());
        var result = await ImportAsync(_set.Delta(("results", """
            sourcedId,status,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate
            r1~,tobedeleted,,,,,
            r2~,active,i1~,p2~,fully graded,250,2026-10-09
            r5~,active,i2~,p1~,fully graded,71.25,2026-10-09
            r6~,active,i2~,p2~,submitted,,2026-10-09

            """)).Zip());
        FileOf(result, "results").ShouldBe((4, 2, 0, 1, 1));
        (await TextAsync("scores", "r2", "status", "teacherId", "schoolYear")).ShouldBe($"scored {_set.Id("t1")} 2026-2027");
        (await TextAsync("scores", "r5", "status", "teacherId", "testDate")).ShouldBe($"scored {_set.Id("t2")} 2026-10-09");
        await oltp.Http.GetAsync($"v1/scores/{_set.Id("r1")}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Score_keeps_the_teacher_and_what_no_file_tells_when_its_set_comes_again()
    {
        await ImportAsync(_set.Zip());
        var score = (await oltp.Http.GetAsync($"v1/scores/{_set.Id("r1")}", Cancel).ShouldBeAsync(HttpStatusCode.OK)).GetRawText();
        await oltp.Http.PutAsync($"v1/scores/{_set.Id("r1")}", JsonSerializer.Deserialize<Dictionary<string, object?>>(
            score.Replace("\"overallPerformanceLevel\":null", "\"overallPerformanceLevel\":3", StringComparison.Ordinal))!).ShouldBeAsync(HttpStatusCode.OK);
        await ImportAsync(_set.With("enrollments", "t2~,teacher,false", "t2~,teacher,true").With("enrollments", "t1~,teacher,true", "t1~,teacher,false")
            .With("results", "203.5", "204").Zip());
        (await TextAsync("classes", "k1", "teacherId")).ShouldBe(_set.Id("t2"));
        (await TextAsync("scores", "r1", "teacherId")).ShouldBe(_set.Id("t1"));
        var again = await ReadAsync("scores", "r1");
        (again.GetProperty("overallScore").GetDecimal(), again.GetProperty("overallPerformanceLevel").GetInt32()).ShouldBe((204, 3));
    }

    private Task<JsonElement> ReadAsync(string plural, string id) =>
        oltp.Http.GetAsync($"v1/{plural}/{_set.Id(id)}", Cancel).ShouldBeAsync(HttpStatusCode.OK);

    private Task<HttpResponseMessage> PostAsync(HttpContent set, string query = "") => oltp.Http.PostAsync($"v1/imports/oneroster{query}", set, Cancel);

    private Task<JsonElement> ImportAsync(HttpContent set, string query = "") => PostAsync(set, query).ShouldBeAsync(HttpStatusCode.OK);

    private async Task<string> TextAsync(string plural, string id, params string[] fields)
    {
        var row = await oltp.Http.GetAsync($"v1/{plural}/{_set.Id(id)}", Cancel).ShouldBeAsync(HttpStatusCode.OK);
        return string.Join(' ', fields.Select(field => row.GetProperty(field).GetString()));
    }

    private async Task<string> EnrollmentsAsync(string id)
    {
        var row = await oltp.Http.GetAsync($"v1/classes/{_set.Id(id)}", Cancel).ShouldBeAsync(HttpStatusCode.OK);
        return string.Join(", ", row.GetProperty("enrollments").EnumerateArray().Select(one =>
            $"{one.GetProperty("studentId").GetString()} {one.GetProperty("from").GetString()} {one.GetProperty("to").GetString()}"));
    }

    private static JsonElement FileNamed(JsonElement result, string file) =>
        result.GetProperty("files").EnumerateArray().Single(one => one.GetProperty("file").GetString() == $"{file}.csv");

    private static (long Read, long Written, long Unchanged, long Removed, long Ignored) FileOf(JsonElement result, string file)
    {
        var one = FileNamed(result, file);
        return (Number("read"), Number("written"), Number("unchanged"), Number("removed"), Number("ignored"));

        long Number(string name) => one.GetProperty(name).GetInt64();
    }

    private static string?[] Strings(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray().Select(one => one.GetString())];
}
