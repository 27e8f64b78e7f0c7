using System.Globalization;
using System.Net;
using System.Text.Json;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>The questions about classes over HTTP.</summary>
public sealed class ClassesApiTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Class_on_a_day_and_the_classes_of_a_school()
    {
        await api.World.PutAsync(
            "classes", Cancel,
            Class("K1", "Maths A", "2026-2027", "math"), Class("K2", "Maths B", "2026-2027", null), Class("K0", "Maths", "2025-2026", "math"));
        var (yesterday, today, tomorrow) = (World.Today.AddDays(-1), World.Today, World.Today.AddDays(1));
        await api.World.PutAsync(
            "enrollments", Cancel,
            Enrollment("P3", yesterday, null), Enrollment("P1", yesterday, tomorrow), Enrollment("P2", yesterday, today), Enrollment("P4", tomorrow, null));

        var now = await api.GetAsync("/v1/classes/K1");
        (Text(now, "name"), Text(now, "teacherId"), Text(now, "teacherName"), Text(now, "subject"), Text(now, "schoolId"))
            .ShouldBe(("Maths A", "T1", "Ms. Ada", "math", "C1"));
        (Text(now, "asOf"), Students(now)).ShouldBe((Day(today), "P1 Pupil 1 5, P3 Pupil 3 5"));
        now.GetProperty("students")[1].GetProperty("to").ValueKind.ShouldBe(JsonValueKind.Null);
        Students(await api.GetAsync($"/v1/classes/K1?asOf={Day(tomorrow)}")).ShouldBe("P3 Pupil 3 5, P4 Pupil 4 5");
        Students(await api.GetAsync($"/v1/classes/K1?asOf={Day(yesterday)}")).ShouldBe("P1 Pupil 1 5, P2 Pupil 2 5, P3 Pupil 3 5");

        var all = await api.GetAsync("/v1/schools/C1/classes");
        (Text(all, "schoolName"), Ids(all)).ShouldBe(("Hill", "K0 K1 K2"));
        Text(all.GetProperty("items")[0], "teacherName").ShouldBe("Ms. Ada");
        Ids(await api.GetAsync("/v1/schools/C1/classes?schoolYear=2026")).ShouldBe("K1 K2");
        Ids(await api.GetAsync("/v1/schools/C2/classes")).ShouldBe("");
    }

    [Theory]
    [InlineData("/v1/classes/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/v1/schools/nowhere/classes", HttpStatusCode.NotFound)]
    [InlineData("/v1/classes/K1?asOf=tomorrow", HttpStatusCode.BadRequest)]
    [InlineData("/v1/classes/K1?asOf=1850-01-01", HttpStatusCode.BadRequest)]
    [InlineData("/v1/classes/K1?day=2026-01-01", HttpStatusCode.BadRequest)]
    [InlineData("/v1/schools/C1/classes?schoolYear=26", HttpStatusCode.BadRequest)]
    public async Task What_is_wrong_is_told(string path, HttpStatusCode status)
    {
        using var answer = await api.Http.GetAsync(path, Cancel);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static Row Class(string id, string name, string year, string? subject) => new()
    {
        ["class_id"] = id,
        ["name"] = name,
        ["school_id"] = "C1",
        ["teacher_id"] = "T1",
        ["subject"] = subject,
        ["school_year"] = year,
    };

    private static Row Enrollment(string student, DateOnly from, DateOnly? to) =>
        new() { ["class_id"] = "K1", ["student_id"] = student, ["from_date"] = from, ["to_date"] = to };

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static string Ids(JsonElement list) => string.Join(' ', list.GetProperty("items").EnumerateArray().Select(one => Text(one, "classId")));

    private static string Students(JsonElement one) => string.Join(
        ", ",
        one.GetProperty("students").EnumerateArray().Select(student =>
            $"{Text(student, "studentId")} {Text(student, "studentName")} {Text(student, "grade")}"));
}
