using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp.Imports;

/// <summary>Files with columns, dates, numbers and words of others.</summary>
[Collection(OltpCollection.Name)]
public sealed class ImportMappingTests(OltpFixture oltp)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task File_of_others_is_read_as_the_mapping_says()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var mapping = $$"""
            {"columns": {"Kind": "studentId", "Datum": "testDate", "Punkte": "overallScore", "Stufe": "overallPerformanceLevel",
                         "Algebra": "dimension:algebra"},
             "constants": {"teacherId": "{{room.Teacher}}", "testId": "{{room.Test}}", "schoolYear": 2025},
             "values": {"overallPerformanceLevel": {"gut": "3", "sehr gut": 4}, "dimension:algebra": {"fehlt": ""} },
             "dateFormats": ["d.M.yyyy"], "decimalComma": true, "trim": true, "separator": ";", "ignoreRest": true}
            """;
        var csv = $"""
            Kind;Name;Datum;Punkte;Stufe;Algebra
             {room.Students[0]} ;"Ann; Lee";1.5.2026;48,5; sehr gut;40,25
            {room.Students[1]};Bo;2026-05-02;7;gut;fehlt

            """;
        var answer = await Http.ImportMappedAsync("scores", mapping, csv).ShouldBeAsync(HttpStatusCode.OK);
        (answer.GetProperty("read").GetInt64(), answer.GetProperty("written").GetInt64()).ShouldBe((2, 2));
        answer.GetProperty("ignoredColumns").EnumerateArray().Select(column => column.GetString()).ShouldBe(["Name"]);
        (await ScoreAsync(room, 0)).ShouldBe($"{room.Teacher} 2025-2026 2026-05-01 48.5 4 {{\"algebra\": 40.25}}");
        (await ScoreAsync(room, 1)).ShouldBe($"{room.Teacher} 2025-2026 2026-05-02 7 3 {{}}");
    }

    [Fact]
    public async Task Errors_name_the_line_the_field_and_the_files_own_column()
    {
        var room = await Classroom.CreateAsync(Http);
        var mapping = $$"""
            {"columns": {"Student": "studentId", "When": "testDate", "Points": "overallScore", "Algebra": "dimension:algebra"},
             "constants": {"teacherId": "{{room.Teacher}}", "testId": "{{room.Test}}", "schoolYear": "2025-2026", "overallPerformanceLevel": "3"},
             "dateFormats": ["M/d/yyyy"]}
            """;
        var csv = $"Student,When,Points,Algebra\n{room.Student},24.8.2023,much,101x\nnobody,8/24/2025,5,5\n";
        var problem = await Http.ImportMappedAsync("scores", mapping, csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Document.GetProperty("rejects").EnumerateArray()
            .Select(reject => (reject.GetProperty("line").GetInt64(), reject.GetProperty("field").GetString(), reject.GetProperty("column").GetString()))
            .ShouldBe(
                [(2, "testDate", "When"), (2, "overallScore", "Points"), (2, "dimension:algebra", "Algebra"), (3, "studentId", "Student")],
                ignoreOrder: true);
        problem.Rejects.Single(reject => reject.Field == "testDate").Reason
            .ShouldBe("must be a date in one of the forms yyyy-MM-dd, M/d/yyyy, not '24.8.2023'");
        problem.Detail.ShouldContain("'testDate' (column 'When')");
        problem.Number("rejected").ShouldBe(2);
        (await oltp.ScalarAsync<long>($"SELECT count(*) FROM scores WHERE test_id = '{room.Test}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Field_that_the_database_finds_wrong_has_its_column_too()
    {
        var room = await Classroom.CreateAsync(Http);
        var mapping = $$"""
            {"columns": {"Kid": "studentId", "Test": "testId", "Year": "schoolYear"},
             "constants": {"teacherId": "{{room.Teacher}}", "testDate": "2026-05-01", "overallScore": 5, "overallPerformanceLevel": 1} }
            """;
        var row = $"{room.Student},{room.Test},2025-2026\n";
        var problem = await Http.ImportMappedAsync("scores", mapping, $"Kid,Test,Year\n{row}{row}").ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        var reject = problem.Document.GetProperty("rejects")[0];
        (reject.GetProperty("field").GetString(), reject.GetProperty("column").GetString()).ShouldBe(("studentId, testId, schoolYear", "Kid, Test, Year"));
    }

    [Fact]
    public async Task Grades_of_others_can_be_students_grades()
    {
        var room = await Classroom.CreateAsync(Http);
        var id = OltpFixture.Unique("PU");
        const string Mapping = """
            {"columns": {"ID": "studentId", "Full name": "name", "Form": "grade", "School": "schoolId"}, "values": {"grade": {"F": "1"}}}
            """;
        await Http.ImportMappedAsync("students", Mapping, $"ID,Full name,Form,School\n{id},Ann,F,{room.School}\n").ShouldBeAsync(HttpStatusCode.OK);
        (await Http.GetAsync($"v1/students/{id}", Cancel).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("grade").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task Dry_run_with_a_mapping_writes_nothing()
    {
        var id = OltpFixture.Unique("D");
        const string Mapping = """{"columns": {"Name of district": "name"}, "constants": {"stateId": "TX"}}""";
        var csv = $"districtId,Name of district\n{id},North\n";
        var told = await Http.ImportMappedAsync("districts", Mapping, csv, "?dryRun=true").ShouldBeAsync(HttpStatusCode.OK);
        (told.GetProperty("dryRun").GetBoolean(), told.GetProperty("written").GetInt64()).ShouldBe((true, 1));
        await Http.GetAsync($"v1/districts/{id}", Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);

        await Http.ImportMappedAsync("districts", Mapping, csv).ShouldBeAsync(HttpStatusCode.OK);
        (await Http.GetAsync($"v1/districts/{id}", Cancel).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("stateId").GetString().ShouldBe("TX");
    }

    /// <summary>Kind: an update of some fields wipes the others.</summary>
    [Fact]
    public async Task Upsert_with_a_mapping_leaves_what_neither_says_anything_of()
    {
        var room = await Classroom.CreateAsync(Http);
        await Http.PutAsync($"v1/teachers/{room.Teacher}", new { name = "Ms Stone", schoolId = room.School, email = "stone@example.org" })
            .ShouldBeAsync(HttpStatusCode.OK);
        var mapping = $$"""{"columns": {"Staff": "teacherId", "Called": "name", "Mail": null}, "constants": {"schoolId": "{{room.School}}"} }""";
        var csv = $"Staff,Called,Mail\n{room.Teacher},Ms Rivera,rivera@example.org\n";
        await Http.ImportMappedAsync("teachers", mapping, csv, "?mode=upsert").ShouldBeAsync(HttpStatusCode.OK);
        var teacher = await Http.GetAsync($"v1/teachers/{room.Teacher}", Cancel).ShouldBeAsync(HttpStatusCode.OK);
        (teacher.GetProperty("name").GetString(), teacher.GetProperty("email").GetString()).ShouldBe(("Ms Rivera", "stone@example.org"));
    }

    [Fact]
    public async Task Mapping_that_is_wrong_is_400_and_names_the_member()
    {
        var problem = await Http.ImportMappedAsync("districts", """{"columns": {"Id": "districtID", "N": "nmae"}}""", "Id,N\n")
            .ShouldBeProblemAsync(HttpStatusCode.BadRequest);
        problem.Fields.ShouldBe(["mapping.columns.N"]);
        problem.Reason("mapping.columns.N").ShouldContain("'nmae', which districts do not have (name?)");
    }

    [Theory]
    [InlineData("""{"columns": {"Nmae": "name"}}""", "The mapping names the column 'Nmae', which the file does not have ('Name'?).")]
    [InlineData("""{"columns": {"Name": "stateId"}, "ignoreRest": true}""", "Columns are missing: districtId, name.")]
    [InlineData("""{"constants": {"name": "x"}}""", "name has several values: the column 'Name' and a constant of the mapping.")]
    public async Task Header_that_does_not_fit_the_mapping_is_422(string mapping, string reason)
    {
        var problem = await Http.ImportMappedAsync("districts", mapping, "districtId,Name,stateId\nD,x,TX\n")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain(reason);
        problem.Fields.ShouldBe(["line 1"]);
    }

    [Fact]
    public async Task Form_without_a_mapping_is_the_file_alone()
    {
        var id = OltpFixture.Unique("D");
        await Http.ImportMappedAsync("districts", mapping: null, $"districtId,name,stateId\n{id},North,TX\n").ShouldBeAsync(HttpStatusCode.OK);
        await Http.GetAsync($"v1/districts/{id}", Cancel).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Description_tells_of_both_kinds_of_bodies()
    {
        var document = JsonDocument.Parse(await Http.GetStringAsync("openapi/v1.json", Cancel)).RootElement;
        var content = document.GetProperty("paths").GetProperty("/v1/imports/{entity}").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        content.EnumerateObject().Select(body => body.Name).ShouldBe(["text/csv", "multipart/form-data"]);
        var form = content.GetProperty("multipart/form-data").GetProperty("schema");
        form.GetProperty("properties").GetProperty("mapping").GetProperty("properties").EnumerateObject().Select(member => member.Name).ShouldBe(
            [
                "columns", "constants", "values", "patterns", "dateFormats", "skipWithout", "decimalComma", "round", "clamp", "trim", "ignoreRest",
                "lenientQuotes", "separator",
            ],
            ignoreOrder: true);
        document.GetProperty("paths").TryGetProperty("/v1/imports/profiles", out _).ShouldBeTrue();
    }

    private Task<string> ScoreAsync(Classroom room, int student) => oltp.ScalarAsync<string>(
        $"""
        SELECT concat_ws(' ', teacher_id, school_year, test_date, trim_scale(overall_score), overall_performance_level, dimension_scores)
        FROM scores WHERE student_id = '{room.Students[student]}'
        """);
}
