using System.Net;
using System.Text;

namespace Andi.IntegrationTests.Oltp;

[Collection(OltpCollection.Name)]
public sealed class ImportTests(OltpFixture oltp)
{
    private const string Header = "studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel,dimensionScores";

    private HttpClient Http => oltp.Http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_entity_can_be_imported()
    {
        var id = OltpFixture.Unique("I");
        await ImportAsync("districts", $"districtId,name,stateId\n{id},\"North, \"\"Upper\"\"\",TX\n");
        await ImportAsync("schools", $"\uFEFFschool_id,district_id,NAME\r\n{id},{id},\"Hill\r\nSchool\"\r\n");
        await ImportAsync("teachers", $"teacherId,name,schoolId,email\n{id},Ms Stone,{id},\n");
        await ImportAsync("students", $"studentId,name,grade,schoolId\n{id},Kid,K,{id}");
        await ImportAsync("tests", $"testId,name,subject,maxScore\n{id},Spring,Math,149.5\n");
        await ImportAsync("scores", $"{Header}\n{id},{id},{id},2026,2026-05-01,88.5,3,\"{{\"\"algebra\"\": 9e1}}\"\n");

        (await ReadAsync($"districts/{id}")).GetProperty("name").GetString().ShouldBe("North, \"Upper\"");
        (await ReadAsync($"schools/{id}")).GetProperty("name").GetString().ShouldBe("Hill School");
        (await ReadAsync($"teachers/{id}")).GetProperty("email").GetString().ShouldBeNull();
        (await ReadAsync($"students/{id}")).GetProperty("grade").GetString().ShouldBe("K");
        (await ReadAsync($"tests/{id}")).GetProperty("maxScore").GetDecimal().ShouldBe(149.5m);
        var score = await ReadAsync($"scores/{await oltp.ScalarAsync<string>($"SELECT score_id FROM scores WHERE student_id = '{id}'")}");
        score.GetProperty("districtId").GetString().ShouldBe(id);
        score.GetProperty("grade").GetString().ShouldBe("K");
        score.GetProperty("overallScore").GetDecimal().ShouldBe(88.5m);
        score.GetProperty("dimensionScores").GetProperty("algebra").GetDecimal().ShouldBe(90);

        async Task ImportAsync(string entity, string csv)
        {
            var answer = await Http.ImportAsync(entity, csv).ShouldBeAsync(HttpStatusCode.OK);
            (answer.GetProperty("read").GetInt64(), answer.GetProperty("written").GetInt64(), answer.GetProperty("rejected").GetInt64()).ShouldBe((1, 1, 0));
        }
    }

    [Fact]
    public async Task Dimensions_may_be_columns()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        var csv = $"""
            dimension:algebra,studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel,"dimension:""odd"" name"
            90.50,{room.Students[0]},{room.Teacher},{room.Test},2026,2026-05-01,0,1,100
            ,{room.Students[1]},{room.Teacher},{room.Test},2026,2026-05-01,100,4,
            """;
        await Http.ImportAsync("scores", csv).ShouldBeAsync(HttpStatusCode.OK);
        (await DimensionsAsync(room.Students[0])).ShouldBe("""{"algebra": 90.5, "\"odd\" name": 100}""");
        (await DimensionsAsync(room.Students[1])).ShouldBe("{}");

        Task<string> DimensionsAsync(string student) => oltp.ScalarAsync<string>($"SELECT dimension_scores::text FROM scores WHERE student_id = '{student}'");
    }

    /// <summary>Kind: one thing under several names, by file and by call alike.</summary>
    [Fact]
    public async Task Texts_are_kept_in_one_form_whichever_way_they_come()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        var students = $"studentId,name,grade,schoolId\n {room.Student} ,\" Sam\n Lee \",05,{room.School}\n";
        await Http.ImportAsync("students", students, "?mode=upsert").ShouldBeAsync(HttpStatusCode.OK);
        var student = await ReadAsync($"students/{room.Student}");
        (student.GetProperty("name").GetString(), student.GetProperty("grade").GetString()).ShouldBe(("Sam Lee", "5"));
        var put = await Http.PutAsync($"v1/students/{room.Student}", new { name = " Sam ", grade = "kg", schoolId = $" {room.School}" })
            .ShouldBeAsync(HttpStatusCode.OK);
        (put.GetProperty("name").GetString(), put.GetProperty("grade").GetString()).ShouldBe(("Sam", "K"));

        await Http.ImportAsync("scores", $"{Header}\n{Row(room, 0, "2025-26")}\n").ShouldBeAsync(HttpStatusCode.OK);
        await Http.PostAsync("v1/scores", room.Score() with { SchoolYear = 2025 }).ShouldBeProblemAsync(HttpStatusCode.Conflict);
        (await Http.PostAsync("v1/scores", room.Score(1) with { SchoolYear = 2025, TeacherId = $"{room.Teacher} " }).ShouldBeAsync(HttpStatusCode.Created))
            .GetProperty("schoolYear").GetString().ShouldBe("2025-2026");
    }

    [Theory]
    [InlineData("{student},{teacher},{test},26,2026-05-01,88.5,3,{}", "schoolYear")]
    [InlineData("{student},{teacher},{test},2026,2026-02-30,88.5,3,{}", "testDate")]
    [InlineData("{student},{teacher},{test},2026,1969-12-31,88.5,3,{}", "testDate")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,100.5,3,{}", "overallScore")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,abc,3,{}", "overallScore")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.555,3,{}", "overallScore")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,,3,{}", "overallScore")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,5,{}", "overallPerformanceLevel")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,2.5,{}", "overallPerformanceLevel")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,3,[1]", "dimensionScores")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,3,\"{\"\"a\"\":101}\"", "dimensionScores")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,3,\"{\"\"a\"\":1}}\"", "dimensionScores")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,3,\"{\"\"a\"\":1,\"\"a\"\":2}\"", "dimensionScores")]
    [InlineData("a b,{teacher},{test},2026,2026-05-01,88.5,3,{}", "studentId")]
    [InlineData("nobody,{teacher},{test},2026,2026-05-01,88.5,3,{}", "studentId")]
    [InlineData("{student},nobody,{test},2026,2026-05-01,88.5,3,{}", "teacherId")]
    [InlineData("{student},{teacher},nothing,2026,2026-05-01,88.5,3,{}", "testId")]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,3", null)]
    [InlineData("{student},{teacher},{test},2026,2026-05-01,88.5,3,{},more", null)]
    [InlineData("{student},\"{teacher}\"x,{test},2026,2026-05-01,88.5,3,{}", null)]
    [InlineData("{student},\"{teacher},{test},2026,2026-05-01,88.5,3,{}", null)]
    [InlineData("{other},{teacher},{test},2025,2026-05-01,88.5,3,{}", "studentId, testId, schoolYear")]
    public async Task Bad_row_is_named_by_line_and_field_and_nothing_written(string row, string? field)
    {
        var room = await Classroom.CreateAsync(Http, 2);
        var bad = row.Replace("{student}", room.Students[0], StringComparison.Ordinal).Replace("{other}", room.Students[1], StringComparison.Ordinal)
            .Replace("{teacher}", room.Teacher, StringComparison.Ordinal).Replace("{test}", room.Test, StringComparison.Ordinal);
        var problem = await Http.ImportAsync("scores", $"{Header}\n{Row(room, 1, "2025")}\n{bad}\n").ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.Select(reject => (reject.Line, reject.Field)).ShouldBe([(3, field)]);
        problem.Rejects[0].Reason.ShouldNotBeEmpty();
        (problem.Number("read"), problem.Number("written"), problem.Number("rejected")).ShouldBe((2, 0, 1));
        problem.Detail.ShouldContain("line 3");
        (await CountAsync(room)).ShouldBe(0);
    }

    [Fact]
    public async Task Lines_count_what_is_inside_quotes_and_every_reason_of_a_row()
    {
        var id = OltpFixture.Unique("D");
        var csv = $"districtId,name,stateId\r\n{id}1,\"two\r\nlines\",TX\r\n\r\n{id}2,,T/X\r\n{id}3,\"three\r\n\r\nlines\",\r\n{id}1,again,TX\r\n";
        var problem = await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.Select(reject => (reject.Line, reject.Field)).ShouldBe([(5, "name"), (5, "stateId"), (6, "stateId"), (9, "districtId")]);
        problem.Number("rejected").ShouldBe(3);
        problem.Rejects[^1].Reason.ShouldBe("is the same as in line 2");
    }

    [Fact]
    public async Task Invalid_utf8_is_named_by_line()
    {
        byte[] csv = [.. "districtId,name,stateId\nU1,x,TX\nU2,"u8, 0xE9, 0x74, .. ",TX\nU3,x,TX\n"u8];
        var problem = await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.ShouldBe([(3L, null, "is not valid UTF-8")]);
        await Http.GetAsync("v1/districts/U1", Cancellation).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    [InlineData("\uFEFF", "empty")]
    [InlineData("districtId;name;stateId\nD;x;TX\n", "semicolons")]
    [InlineData("districtId\tname\tstateId\nD\tx\tTX\n", "tabs")]
    [InlineData("districtId,name\nD,x\n", "stateId")]
    [InlineData("districtId,name,stateId,colour\nD,x,TX,red\n", "'colour'")]
    [InlineData("districtId,name,stateId,state_id\nD,x,TX,TX\n", "more than once")]
    [InlineData("{\"districtId\":\"D\"}", "quote")]
    [InlineData("some text\n", "'some text'")]
    [InlineData("\"districtId,name,stateId\nD,x,TX\n", "quote")]
    public async Task File_whose_header_does_not_fit_is_refused_with_the_reason(string csv, string reason)
    {
        var problem = await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Detail.ShouldContain(reason);
        problem.Fields.ShouldBe(["line 1"]);
    }

    [Fact]
    public async Task Only_a_header_is_no_error() =>
        (await Http.ImportAsync("districts", "districtId,name,stateId\n").ShouldBeAsync(HttpStatusCode.OK)).GetProperty("read").GetInt64().ShouldBe(0);

    [Theory]
    [InlineData("scores?mode=replace", "text/csv", HttpStatusCode.BadRequest, "mode")]
    [InlineData("scores?onError=ignore", "text/csv", HttpStatusCode.BadRequest, "onError")]
    [InlineData("planets", "text/csv", HttpStatusCode.NotFound, "planets")]
    [InlineData("scores", "application/json", HttpStatusCode.UnsupportedMediaType, "text/csv")]
    [InlineData("scores", "text/csv; charset=latin1", HttpStatusCode.UnsupportedMediaType, "latin1")]
    public async Task Request_that_makes_no_sense_is_refused(string path, string contentType, HttpStatusCode status, string named)
    {
        using var content = new StringContent(Header + "\n");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        (await Http.PostAsync($"v1/imports/{path}", content, Cancellation).ShouldBeProblemAsync(status)).Detail.ShouldContain(named);
    }

    [Fact]
    public async Task Rows_that_are_there_are_rejected_replaced_or_kept()
    {
        var id = OltpFixture.Unique("D");
        await Http.ImportAsync("districts", $"districtId,name,stateId\n{id}1,a,TX\n{id}2,b,TX\n").ShouldBeAsync(HttpStatusCode.OK);
        var csv = $"districtId,name,stateId\n{id}1,a,TX\n{id}2,changed,TX\n{id}3,new,TX\n";

        var rejected = await Http.ImportAsync("districts", csv).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        rejected.Rejects.Select(reject => reject.Line).ShouldBe([2, 3]);
        (await Counts("?mode=keep")).ShouldBe((1, 2));
        (await ReadAsync($"districts/{id}2")).GetProperty("name").GetString().ShouldBe("b");
        (await Counts("?mode=upsert")).ShouldBe((1, 2));
        (await ReadAsync($"districts/{id}2")).GetProperty("name").GetString().ShouldBe("changed");
        (await Counts("?mode=upsert")).ShouldBe((0, 3));

        async Task<(long Written, long Unchanged)> Counts(string query)
        {
            var answer = await Http.ImportAsync("districts", csv, query).ShouldBeAsync(HttpStatusCode.OK);
            return (answer.GetProperty("written").GetInt64(), answer.GetProperty("unchanged").GetInt64());
        }
    }

    [Fact]
    public async Task Replaced_score_keeps_what_it_took_over()
    {
        var room = await Classroom.CreateAsync(Http);
        var other = await Classroom.CreateAsync(Http);
        var row = Row(room, 0, "2026");
        await Http.ImportAsync("scores", $"{Header}\n{row}\n").ShouldBeAsync(HttpStatusCode.OK);
        await Http.PutAsync($"v1/teachers/{room.Teacher}", new { name = "Ms Stone", schoolId = other.School }).ShouldBeAsync(HttpStatusCode.OK);
        await Http.PutAsync($"v1/students/{room.Student}", new { name = "Kid", grade = "6", schoolId = room.School }).ShouldBeAsync(HttpStatusCode.OK);
        var id = await oltp.ScalarAsync<string>($"SELECT score_id FROM scores WHERE student_id = '{room.Student}'");

        foreach (var (header, values) in new[] { (Header, row), ("scoreId," + Header, $"{id},{row}") })
        {
            var corrected = values.Replace("88.5", header == Header ? "1" : "2", StringComparison.Ordinal);
            (await Http.ImportAsync("scores", $"{header}\n{corrected}\n", "?mode=upsert").ShouldBeAsync(HttpStatusCode.OK)).GetProperty("written").GetInt64()
                .ShouldBe(1);
            var score = await ReadAsync($"scores/{id}");
            score.GetProperty("overallScore").GetDecimal().ShouldBe(header == Header ? 1 : 2);
            score.GetProperty("schoolId").GetString().ShouldBe(room.School);
            score.GetProperty("districtId").GetString().ShouldBe(room.District);
            score.GetProperty("grade").GetString().ShouldBe("5");
        }

        await Http.ImportAsync("scores", $"{Header}\n{row.Replace(room.Teacher, other.Teacher, StringComparison.Ordinal)}\n", "?mode=upsert")
            .ShouldBeAsync(HttpStatusCode.OK);
        (await ReadAsync($"scores/{id}")).GetProperty("schoolId").GetString().ShouldBe(other.School);
    }

    [Fact]
    public async Task Good_rows_can_be_asked_for_beside_bad_ones()
    {
        var room = await Classroom.CreateAsync(Http, 3);
        var csv = new StringBuilder(Header).Append('\n')
            .Append(Row(room, 0, "2026")).Append('\n')
            .Append(Row(room, 1, "26")).Append('\n')
            .Append(Row(room, 2, "2026").Replace(room.Teacher, "nobody", StringComparison.Ordinal)).Append('\n')
            .Append(Row(room, 0, "2026")).Append('\n')
            .Append(Row(room, 1, "2026")).Append('\n');
        var answer = await Http.ImportAsync("scores", csv.ToString(), "?onError=skip").ShouldBeAsync(HttpStatusCode.OK);
        answer.GetProperty("read").GetInt64().ShouldBe(5);
        answer.GetProperty("written").GetInt64().ShouldBe(2);
        answer.GetProperty("rejected").GetInt64().ShouldBe(3);
        answer.GetProperty("rejects").EnumerateArray().Select(reject => reject.GetProperty("line").GetInt64()).ShouldBe([3, 4, 5]);
        (await CountAsync(room)).ShouldBe(2);
    }

    [Fact]
    public async Task File_that_cannot_be_read_to_its_end_is_not_written_even_then()
    {
        var room = await Classroom.CreateAsync(Http, 2);
        var csv = $"{Header}\n{Row(room, 0, "2026")}\n{Row(room, 1, "2026").Replace(room.Teacher, "\"" + room.Teacher, StringComparison.Ordinal)}\n";
        await Http.ImportAsync("scores", csv, "?onError=skip").ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        (await CountAsync(room)).ShouldBe(0);
    }

    [Fact]
    public async Task At_most_a_hundred_rejects_are_listed_and_all_are_counted()
    {
        var rows = string.Concat(Enumerable.Range(0, 250).Select(number => $"D{number},,TX\n"));
        var problem = await Http.ImportAsync("districts", "districtId,name,stateId\n" + rows).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Number("rejected").ShouldBe(250);
        problem.Rejects.Count.ShouldBe(100);
    }

    [Fact]
    public async Task Sender_who_goes_away_leaves_nothing()
    {
        var prefix = OltpFixture.Unique("G")[..10];
        using var content = new BreakingOffContent(prefix);
        await Should.ThrowAsync<HttpRequestException>(() => Http.PostAsync("v1/imports/districts", content, Cancellation));
        (await oltp.ScalarAsync<long>($"SELECT count(*) FROM districts WHERE district_id LIKE '{prefix}%'")).ShouldBe(0);

        // And holds nothing: its connection, its place, its lock.
        for (var number = 0; number < 6; number++)
        {
            await Http.ImportAsync("districts", $"districtId,name,stateId\n{OltpFixture.Unique("D")},x,TX\n").ShouldBeAsync(HttpStatusCode.OK);
        }
    }

    private static string Row(Classroom room, int student, string year) =>
        $"{room.Students[student]},{room.Teacher},{room.Test},{year},2026-05-01,88.5,3,{{}}";

    private Task<long> CountAsync(Classroom room) => oltp.ScalarAsync<long>($"SELECT count(*) FROM scores WHERE test_id = '{room.Test}'");

    private Task<System.Text.Json.JsonElement> ReadAsync(string path) => Http.GetAsync($"v1/{path}", Cancellation).ShouldBeAsync(HttpStatusCode.OK);

    /// <summary>Sends good rows and then breaks the connection.</summary>
    private sealed class BreakingOffContent : HttpContent
    {
        private readonly string _prefix;

        public BreakingOffContent(string prefix)
        {
            _prefix = prefix;
            Headers.ContentType = new("text/csv");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("districtId,name,stateId\n"u8.ToArray());
            for (var number = 0; number < 20_000; number++)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"{_prefix}{number},x,TX\n"));
            }

            await stream.FlushAsync();
            throw new IOException("The sender went away.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
