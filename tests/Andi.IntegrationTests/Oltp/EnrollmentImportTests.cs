using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.Oltp;

/// <summary>CSV files of classes and of enrollments.</summary>
[Collection(OltpCollection.Name)]
public sealed class EnrollmentImportTests(OltpFixture oltp)
{
    private const string Header = "classId,studentId,from,to";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Http => oltp.Http;

    [Fact]
    public async Task Classes_and_enrollments_are_imported_and_a_class_keeps_its_enrollments()
    {
        var (room, one) = await CreateAsync(students: 2);
        await ImportAsync("enrollments", $"{Header}\n{one},{room.Students[0]},2026-08-15,2026-12-20\n{one},{room.Students[1]},2026-08-20,\n");
        await ImportAsync(
            "classes", $"class_id,name,schoolId,teacherId,subject,schoolYear\n{one},Maths Z,{room.School},{room.Teacher},Math,2026-27\n", "?mode=upsert");
        var read = await Http.GetAsync($"v1/classes/{one}", Cancel).ShouldBeAsync(HttpStatusCode.OK);
        (read.GetProperty("name").GetString(), read.GetProperty("schoolYear").GetString(), read.GetProperty("enrollments").GetArrayLength())
            .ShouldBe(("Maths Z", "2026-2027", 2));
    }

    [Fact]
    public async Task Upsert_moves_the_end_of_a_period_before_the_next_begins()
    {
        var (room, one) = await CreateAsync();
        await ImportAsync("enrollments", $"{Header}\n{one},{room.Student},2026-08-15,\n");

        // The later period comes first in the file.
        var csv = $"{Header}\n{one},{room.Student},2026-11-01,\n{one},{room.Student},2026-08-15,2026-10-01\n";
        var dry = await ImportAsync("enrollments", csv, "?mode=upsert&dryRun=true");
        (dry.GetProperty("written").GetInt64(), await CountAsync(one)).ShouldBe((2, 1));
        await ImportAsync("enrollments", csv, "?mode=upsert");
        (await ImportAsync("enrollments", csv, "?mode=upsert")).GetProperty("unchanged").GetInt64().ShouldBe(2);
        (await oltp.ScalarAsync<string>($"SELECT string_agg(from_date || '/' || coalesce(to_date::text, ''), ' ' ORDER BY from_date) FROM enrollments WHERE "
            + $"class_id = '{one}'")).ShouldBe("2026-08-15/2026-10-01 2026-11-01/");

        await ImportAsync("enrollments", $"classId,studentId,from\n{one},{room.Student},2026-08-15\n", "?mode=upsert");
        (await oltp.ScalarAsync<DateOnly>($"SELECT to_date FROM enrollments WHERE class_id = '{one}' AND from_date = '2026-08-15'"))
            .ShouldBe(new DateOnly(2026, 10, 1), "the file says nothing of it");
    }

    [Theory]
    [InlineData("K,nobody,2026-08-15,", "studentId", "is not known: 'nobody'")]
    [InlineData("nowhere,PU,2026-08-15,", "classId", "is not known: 'nowhere'")]
    [InlineData("K,PU,2026-08-15,2026-08-14", "to", "must not be before from")]
    [InlineData("K,PU,2026-08-15,2026-02-30", "to", "must be a date")]
    [InlineData("K,PU,,", "from", "is required")]
    [InlineData("K,PU,2026-09-01,", "from, to", "overlap with the enrollment from 2026-10-01")]
    [InlineData("K,PU,2026-10-01,", "classId, studentId, from", "is in the table already")]
    public async Task Wrong_row_is_told_by_line_and_nothing_written(string row, string field, string reason)
    {
        var (room, one) = await CreateAsync();
        await ImportAsync("enrollments", $"{Header}\n{one},{room.Student},2026-10-01,2026-11-01\n");
        row = row.Replace("PU", room.Student, StringComparison.Ordinal).Replace("K,", $"{one},", StringComparison.Ordinal);
        var problem = await Http.ImportAsync("enrollments", $"{Header}\n{one},{room.Student},2026-01-01,2026-02-01\n{row}\n")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        var reject = problem.Rejects.ShouldHaveSingleItem();
        (reject.Line, reject.Field).ShouldBe((3, field));
        reject.Reason.ShouldStartWith(reason);
        (await CountAsync(one)).ShouldBe(1);
    }

    [Fact]
    public async Task Rows_of_one_file_that_overlap_are_told_with_the_line_of_the_other()
    {
        var (room, one) = await CreateAsync();
        var problem = await Http.ImportAsync("enrollments", $"{Header}\n{one},{room.Student},2026-09-30,\n{one},{room.Student},2026-08-15,2026-10-01\n")
            .ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity);
        problem.Rejects.ShouldHaveSingleItem().ShouldBe((2, "from", "is in the period of line 3, of the same class and student"));
    }

    private async Task<(Classroom Room, string Class)> CreateAsync(int students = 1)
    {
        var room = await Classroom.CreateAsync(Http, students);
        var one = OltpFixture.Unique("K");
        await ImportAsync("classes", $"classId,name,schoolId,teacherId,schoolYear\n{one},Maths A,{room.School},{room.Teacher},2026\n");
        return (room, one);
    }

    private Task<long> CountAsync(string one) => oltp.ScalarAsync<long>($"SELECT count(*) FROM enrollments WHERE class_id = '{one}'");

    private Task<JsonElement> ImportAsync(string entity, string csv, string query = "") =>
        Http.ImportAsync(entity, csv, query).ShouldBeAsync(HttpStatusCode.OK);
}
