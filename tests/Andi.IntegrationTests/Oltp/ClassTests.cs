using System.Net;
using System.Text;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp;

/// <summary>Classes and the enrollments in them, written one class at a time.</summary>
[Collection(OltpCollection.Name)]
public sealed class ClassTests(OltpFixture oltp)
{
    private readonly string _id = OltpFixture.Unique("K");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Http => oltp.Http;

    private string Path => $"v1/classes/{_id}";

    [Fact]
    public async Task Enrollments_in_the_body_replace_the_list_and_left_out_they_stay()
    {
        var room = await Classroom.CreateAsync(Http, students: 3);
        var created = await PutAsync(room).ShouldBeAsync(HttpStatusCode.Created);
        Periods(created).ShouldBeEmpty("a new class has none that are not given");
        created.GetProperty("schoolYear").GetString().ShouldBe("2026-2027");
        created.GetProperty("subject").ValueKind.ShouldBe(JsonValueKind.Null);

        await PutAsync(room, ("2026-08-15", null, 0), ("2026-08-15", "2026-10-01", 1), ("2026-11-01", null, 1)).ShouldBeAsync(HttpStatusCode.OK);
        await ReadAsync(Periods).ShouldBeAsync(Sorted(
            $"{room.Students[0]} 2026-08-15 ", $"{room.Students[1]} 2026-08-15 2026-10-01", $"{room.Students[1]} 2026-11-01 "));

        // One ends, one begins on another day, one goes and one comes.
        await PutAsync(room, ("2026-08-15", "2026-12-20", 0), ("2026-09-01", "2026-10-01", 1), ("2026-09-01", null, 2)).ShouldBeAsync(HttpStatusCode.OK);
        string[] periods = Sorted(
            $"{room.Students[0]} 2026-08-15 2026-12-20", $"{room.Students[1]} 2026-09-01 2026-10-01", $"{room.Students[2]} 2026-09-01 ");
        await ReadAsync(Periods).ShouldBeAsync(periods);

        var renamed = await Http.PutAsync(Path, new { name = "Maths B", schoolId = room.School, teacherId = room.Teacher, schoolYear = 2026 })
            .ShouldBeAsync(HttpStatusCode.OK);
        (renamed.GetProperty("name").GetString(), Periods(renamed).Length).ShouldBe(("Maths B", 3));
        await ReadAsync(Periods).ShouldBeAsync(periods);
        await PutAsync(room, []).ShouldBeAsync(HttpStatusCode.OK);
        await ReadAsync(Periods).ShouldBeAsync([]);
    }

    [Fact]
    public async Task What_GET_returns_may_be_PUT_back_and_the_tag_is_of_the_enrollments_too()
    {
        var room = await Classroom.CreateAsync(Http, students: 2);
        await PutAsync(room, ("2026-08-15", null, 1), ("2026-08-15", null, 0)).ShouldBeAsync(HttpStatusCode.Created);
        using var got = await Http.GetAsync(Path, Cancel);
        var tag = got.Headers.ETag.ShouldNotBeNull().Tag;
        using var back = new StringContent(await got.Content.ReadAsStringAsync(Cancel), Encoding.UTF8, "application/json");
        using var same = await Http.PutAsync(Path, back, Cancel);
        same.Headers.ETag.ShouldNotBeNull().Tag.ShouldBe(tag);

        await PutAsync(room, ("2026-08-15", "2026-12-20", 1), ("2026-08-15", null, 0)).ShouldBeAsync(HttpStatusCode.OK);
        using var stale = new HttpRequestMessage(HttpMethod.Delete, Path) { Headers = { { "If-Match", tag } } };
        await Http.SendAsync(stale, Cancel).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Class_goes_with_its_enrollments_and_keeps_what_it_refers_to()
    {
        var room = await Classroom.CreateAsync(Http);
        await PutAsync(room, ("2026-08-15", null, 0)).ShouldBeAsync(HttpStatusCode.Created);
        (await Http.DeleteAsync($"v1/students/{room.Student}", Cancel).ShouldBeProblemAsync(HttpStatusCode.Conflict)).Detail.ShouldContain("enrollments");
        (await Http.DeleteAsync($"v1/teachers/{room.Teacher}", Cancel).ShouldBeProblemAsync(HttpStatusCode.Conflict)).Detail.ShouldContain("classes");
        await Http.DeleteAsync(Path, Cancel).ShouldBeAsync(HttpStatusCode.NoContent);
        (await oltp.ScalarAsync<long>($"SELECT count(*) FROM enrollments WHERE class_id = '{_id}'")).ShouldBe(0);
        await Http.DeleteAsync($"v1/students/{room.Student}", Cancel).ShouldBeAsync(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("enrollments[0].to", """[{"studentId":"PU","from":"2026-08-15","to":"2026-08-14"}]""")]
    [InlineData("enrollments[0].from", """[{"studentId":"PU"}]""")]
    [InlineData("enrollments[0].studentId", """[{"from":"2026-08-15"}]""")]
    [InlineData("enrollments[1]", """[{"studentId":"PU","from":"2026-08-15"},null]""")]
    [InlineData("enrollments[1].from", """[{"studentId":"PU","from":"2026-08-15","to":"2026-09-01"},{"studentId":"PU","from":"2026-08-31"}]""")]
    [InlineData("enrollments[0].from", """[{"studentId":"PU","from":"2026-09-01"},{"studentId":"PU","from":"2026-08-15"}]""")]
    [InlineData("enrollments[1].from", """[{"studentId":"PU","from":"2026-08-15"},{"studentId":" PU","from":"2026-08-15"}]""")]
    [InlineData("enrollments.studentId", """[{"studentId":"nobody","from":"2026-08-15"}]""")]
    public async Task Wrong_enrollment_is_named_and_nothing_written(string field, string enrollments)
    {
        var room = await Classroom.CreateAsync(Http);
        enrollments = enrollments.Replace("PU", room.Student, StringComparison.Ordinal);
        var body = $$"""{"name":"x","schoolId":"{{room.School}}","teacherId":"{{room.Teacher}}","schoolYear":"2026","enrollments":{{enrollments}}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await Http.PutAsync(Path, content, Cancel).ShouldBeProblemAsync(HttpStatusCode.BadRequest)).Fields.ShouldContain(field);
        await Http.GetAsync(Path, Cancel).ShouldBeProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Period_that_ends_on_a_day_makes_room_for_one_that_begins_on_it()
    {
        var room = await Classroom.CreateAsync(Http);
        await PutAsync(room, ("2026-08-15", "2026-09-01", 0), ("2026-09-01", null, 0)).ShouldBeAsync(HttpStatusCode.Created);
    }

    /// <summary>Kind: of two who replace a list at the same time, each leaves a part.</summary>
    [Fact]
    public async Task Of_many_who_replace_the_list_at_once_one_has_it_whole()
    {
        var room = await Classroom.CreateAsync(Http, students: 12);
        await PutAsync(room).ShouldBeAsync(HttpStatusCode.Created);
        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => PutAsync(room, ("2026-08-15", null, 2 * writer), ("2026-08-15", null, (2 * writer) + 1))
                .ShouldBeAsync(HttpStatusCode.OK)));
            var students = (await ReadAsync(Periods)).Select(period => room.Students.ToList().IndexOf(period.Split(' ')[0])).Order().ToList();
            students.Count.ShouldBe(2);
            (students[0] % 2, students[1]).ShouldBe((0, students[0] + 1), "both are of one writer");
        }
    }

    [Fact]
    public async Task Overlap_is_refused_by_the_table_itself()
    {
        var room = await Classroom.CreateAsync(Http);
        await PutAsync(room, ("2026-08-15", "2026-09-01", 0)).ShouldBeAsync(HttpStatusCode.Created);
        await using var command = oltp.Database.CreateCommand($"INSERT INTO enrollments VALUES ('{_id}', '{room.Student}', '2026-08-31', NULL)");
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(Cancel))).SqlState.ShouldBe("23P01");
    }

    private static string[] Sorted(params string[] periods) => [.. periods.Order(StringComparer.Ordinal)];

    private static string[] Periods(JsonElement one) =>
    [
        .. one.GetProperty("enrollments").EnumerateArray().Select(enrollment =>
            $"{enrollment.GetProperty("studentId").GetString()} {enrollment.GetProperty("from").GetString()} {enrollment.GetProperty("to").GetString()}"),
    ];

    private async Task<T> ReadAsync<T>(Func<JsonElement, T> take) => take(await Http.GetAsync(Path, Cancel).ShouldBeAsync(HttpStatusCode.OK));

    private Task<HttpResponseMessage> PutAsync(Classroom room, params (string From, string? To, int Student)[]? enrollments) => Http.PutAsync(
        Path,
        new
        {
            name = "Maths A",
            schoolId = room.School,
            teacherId = room.Teacher,
            schoolYear = "2026",
            enrollments = enrollments?.Select(one => new { studentId = room.Students[one.Student], from = one.From, to = one.To }),
        });
}

/// <summary>Comparison of what a call brings.</summary>
internal static class ReadValues
{
    public static async Task ShouldBeAsync(this Task<string[]> reading, string[] expected) => (await reading).ShouldBe(expected);
}
