using System.Net;
using System.Text.Json;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Security;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>
/// What is answered of all years: trends, what there is to choose from, a student's history. State TS has district D7 with the schools C71 (classroom T71) and
/// C72 (T72), which two grades attend; every answer is compared with a computation from the rows.
/// </summary>
public sealed class PlaceHistoryTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>, IAsyncLifetime
{
    private const double Tolerance = 1e-9;

    private static readonly ScoreRow[] Rows =
    [
        Score("P71", "T71", "2024-2025", "X1", 50, "4"), Score("P72", "T71", "2024-2025", "X1", 70.5m, "4"), Score("P73", "T71", "2024-2025", "X1", 91, "5"),
        Score("P71", "T72", "2025-2026", "X1", 60, "5"), Score("P72", "T72", "2025-2026", "X1", 80.25m, "5"), Score("P74", "T72", "2025-2026", "X1", 20, "4"),
        Score("P73", "T71", "2025-2026", "X1", 99, "K"), Score("P71", "T72", "2025-2026", "X2", 10, "5"), Score("P73", "T71", "2025-2026", "X2", 30, "5"),
        Score("P75", "T72", "2024-2025", "X2", null, "10"),
    ];

    private static readonly (string Path, Func<ScoreRow, bool> Has)[] Places =
    [
        ("classrooms/T71", row => row.TeacherId == "T71"), ("classrooms/T72", row => row.TeacherId == "T72"), ("schools/C71", row => row.SchoolId == "C71"),
        ("schools/C72", row => row.SchoolId == "C72"), ("districts/D7", _ => true), ("states/TS", _ => true),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var known = await api.Http.GetAsync("/v1/districts/D7/trend", Cancel);
        if (known.StatusCode == HttpStatusCode.OK)
        {
            return;
        }

        await api.World.PutAsync("schools", Cancel, World.School("C71", "Oak", "D7"), World.School("C72", "Elm", "D7"), World.School("C79", "Ash", "D7"));
        await api.World.PutAsync(
            "teachers", Cancel, World.Teacher("T71", "Ms. Oak", "C71"), World.Teacher("T72", "Mr. Elm", "C72"), World.Teacher("T79", "Ms. Ash", "C79"));
        await api.World.PutAsync("students", Cancel, [.. Enumerable.Range(71, 5).Select(n => World.Student($"P{n}", $"Pupil {n}"))]);
        await api.World.ScoresAsync(Cancel, Rows);
        await api.World.PutAsync("districts", Cancel, new Row(World.District("D7", "Seven")) { ["state_id"] = "TS" });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Trend_is_each_test_of_each_year_and_follows_a_correction()
    {
        await ShouldBeTrendsOfAsync(Rows);
        var late = Score("P76", "T72", "2025-2026", "X2", 95.5m, "5");
        await api.World.ScoresAsync(Cancel, late);
        await ShouldBeTrendsOfAsync([.. Rows, late]);
        await api.World.RemoveScoresAsync(Cancel, late);
        await ShouldBeTrendsOfAsync(Rows);
    }

    [Fact]
    public async Task Trend_is_narrowed_to_a_test_or_a_subject()
    {
        (await ItemsAsync("districts/D7/trend?testId=X2")).Select(item => (Text(item, "schoolYear"), Text(item, "testId"))).ShouldBe([("2025-2026", "X2")]);
        (await ItemsAsync("districts/D7/trend?subject=math")).Select(item => (Text(item, "schoolYear"), Text(item, "testId")))
            .ShouldBe([("2024-2025", "X1"), ("2025-2026", "X1")]);
        (await ItemsAsync("districts/D7/trend?subject=math&testId=X2")).ShouldBeEmpty();
        (await ItemsAsync("districts/D7/trend?subject=art")).ShouldBeEmpty();
        (await ItemsAsync("schools/C79/trend")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tests_years_and_grades_that_there_are_are_listed()
    {
        foreach (var (path, has) in Places)
        {
            (await ItemsAsync($"{path}/tests"))
                .Select(item => (Text(item, "schoolYear"), Text(item, "testId"), Text(item, "testName"), Text(item, "subject"), (string?)Grades(item)))
                .ShouldBe(
                    Rows.Where(has).GroupBy(row => (row.SchoolYear, row.TestId)).OrderByDescending(test => test.Key.SchoolYear).ThenBy(test => test.Key.TestId)
                        .Select((string?, string?, string?, string?, string?) (test) => (
                            test.Key.SchoolYear, test.Key.TestId, test.Key.TestId == "X1" ? "Spring math" : "Spring reading",
                            test.Key.TestId == "X1" ? "math" : "reading",
                            string.Join(' ', ((string[])["K", "4", "5", "10"]).Intersect(test.Select(row => row.Grade))))),
                    path);
        }

        (await ItemsAsync("schools/C79/tests")).ShouldBeEmpty();

        static string Grades(JsonElement item) => string.Join(' ', item.GetProperty("grades").EnumerateArray().Select(grade => grade.GetString()));
    }

    [Theory]
    [InlineData("classrooms/nobody/trend", HttpStatusCode.NotFound, "teacher")]
    [InlineData("states/nobody/trend", HttpStatusCode.NotFound, "state")]
    [InlineData("schools/C71/trend?testId=nobody", HttpStatusCode.NotFound, "test")]
    [InlineData("districts/nobody/tests", HttpStatusCode.NotFound, "district")]
    [InlineData("schools/C71/trend?subject=", HttpStatusCode.BadRequest, "subject")]
    [InlineData("schools/C71/trend?testId=", HttpStatusCode.BadRequest, "testId")]
    [InlineData("schools/C71/trend?schoolYear=2025", HttpStatusCode.BadRequest, "schoolYear")]
    [InlineData("schools/C71/tests?testId=X1", HttpStatusCode.BadRequest, "testId")]
    public async Task What_is_wrong_is_named(string path, HttpStatusCode status, string what)
    {
        using var answer = await api.Http.GetAsync($"/v1/{path}", Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(status, body);
        body.ShouldContain(what, Case.Sensitive);
    }

    /// <summary>P71 was in T71's classroom in school C71 and is in T72's in C72 now.</summary>
    [Theory]
    [InlineData(Roles.Admin, null, "T71 T72 T72", "T71 T72 T72", "T71 T72 T72", "T71 T72 T72")]
    [InlineData(Roles.StateAdmin, "TS", "T71 T72 T72", "T71 T72 T72", "T71 T72 T72", "T71 T72 T72")]
    [InlineData(Roles.DistrictAdmin, "D7", "T71 T72 T72", "T71 T72 T72", "T71 T72 T72", "T71 T72 T72")]
    [InlineData(Roles.SchoolAdmin, "C72", "T72 T72", "T72 T72", "T72 T72", "")]
    [InlineData(Roles.SchoolAdmin, "C71", "T71", "T71", "T71", "")]
    [InlineData(Roles.Teacher, "T72", "T71 T72 T72", "T72 T72", "", "")]
    public async Task Averages_beside_a_students_scores_are_those_that_the_caller_is_told(
        string role, string? scope, string scores, string classrooms, string schools, string districts)
    {
        using var caller = api.Client(role, scope);
        using var answer = await caller.GetAsync("/v1/students/P71/scores", Cancel);
        var items = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("items").EnumerateArray().ToList();
        (Teachers(_ => true), Teachers(item => Has(item, "classroomAvg")), Teachers(item => Has(item, "schoolAvg")), Teachers(item => Has(item, "districtAvg")))
            .ShouldBe((scores, classrooms, schools, districts));
        foreach (var item in items)
        {
            var row = Rows.Single(row => row.ScoreId == Text(item, "scoreId"));
            (Text(item, "districtId"), Text(item, "schoolId"), Text(item, "status")).ShouldBe(("D7", row.SchoolId, "scored"));
            ShouldBeAverage(item, "classroomAvg", row, other => other.TeacherId == row.TeacherId);
            ShouldBeAverage(item, "schoolAvg", row, other => other.SchoolId == row.SchoolId && other.Grade == row.Grade);
            ShouldBeAverage(item, "districtAvg", row, other => other.Grade == row.Grade);
        }

        string Teachers(Func<JsonElement, bool> which) => string.Join(' ', items.Where(which).Select(item => Text(item, "teacherId")).Order());

        static bool Has(JsonElement item, string average) => item.GetProperty(average).ValueKind == JsonValueKind.Number;

        static void ShouldBeAverage(JsonElement item, string name, ScoreRow row, Func<ScoreRow, bool> isPeer)
        {
            if (Has(item, name))
            {
                item.GetProperty(name).GetDouble().ShouldBe(
                    (double)Rows.Where(other => other.TestId == row.TestId && other.SchoolYear == row.SchoolYear && isPeer(other))
                        .Average(other => other.OverallScore!.Value),
                    Tolerance, $"{name} of {row.ScoreId}");
            }
        }
    }

    [Fact]
    public async Task Students_of_a_classroom_come_with_the_ids_of_their_scores() =>
        (await ItemsAsync("classrooms/T71/students?schoolYear=all")).Select(item => Text(item, "scoreId")).Order()
            .ShouldBe(Rows.Where(row => row.TeacherId == "T71").Select(row => row.ScoreId).Order());

    private async Task ShouldBeTrendsOfAsync(IReadOnlyCollection<ScoreRow> rows)
    {
        foreach (var (path, has) in Places)
        {
            var items = await ItemsAsync($"{path}/trend");
            var expected = rows.Where(row => has(row) && row.OverallScore is not null).GroupBy(row => (row.SchoolYear, row.TestId)).OrderBy(test => test.Key)
                .ToList();
            items.Select(item => (Text(item, "schoolYear"), Text(item, "testId"))).ShouldBe(expected.Select(test => ((string?, string?))test.Key), path);
            foreach (var (item, test) in items.Zip(expected))
            {
                var scores = test.Select(row => row.OverallScore!.Value).ToList();
                item.GetProperty("studentCount").GetInt64().ShouldBe(scores.Count);
                item.GetProperty("avgScore").GetDouble().ShouldBe(Statistics.Average(scores), Tolerance);
                item.GetProperty("medianScore").GetDouble().ShouldBe(Statistics.Percentile(scores, 0.5));
                item.GetProperty("scoreStdDev").GetDouble().ShouldBe(Statistics.StandardDeviation(scores), Tolerance);
                (Text(item, "subject"), item.TryGetProperty("suppressed", out _)).ShouldBe((test.Key.TestId == "X1" ? "math" : "reading", false));
            }
        }
    }

    private static ScoreRow Score(string student, string teacher, string year, string test, decimal? score, string grade) =>
        World.Score(student, teacher, $"C{teacher[1..]}", "D7", test, 0, 1) with
        {
            ScoreId = $"{student}-{test}-{year}",
            SchoolYear = year,
            StateId = "TS",
            Grade = grade,
            OverallScore = score,
            Status = score is null ? "absent" : "scored",
            Level = null,
            Dimensions = new Dictionary<string, decimal>(),
        };

    private async Task<List<JsonElement>> ItemsAsync(string path) => [.. (await api.GetAsync($"/v1/{path}")).GetProperty("items").EnumerateArray()];

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
