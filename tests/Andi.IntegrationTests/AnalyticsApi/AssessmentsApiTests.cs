using System.Net;
using System.Text.Json;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>The assessments endpoints over HTTP. Expected values are computed by hand from <see cref="World"/>.</summary>
public sealed class AssessmentsApiTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private const double Tolerance = 1e-9;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Classroom_in_a_test()
    {
        var answer = await api.GetAsync("/v1/classrooms/T1/scores?schoolYear=2025-2026&testId=X1");
        Text(answer, "teacherId", "teacherName", "schoolId", "testId", "subject").ShouldBe(["T1", "Ms. Ada", "C1", "X1", "math"]);
        answer.GetProperty("studentCount").GetInt64().ShouldBe(4);
        Number(answer, "avgScore").ShouldBe(305.75 / 4, Tolerance);
        Number(answer, "avgPerformanceLevel").ShouldBe(2.5, Tolerance);
        Number(answer, "medianScore").ShouldBe(75.25, Tolerance);
        Number(answer, "minScore").ShouldBe(60.25);
        Number(answer, "maxScore").ShouldBe(95);

        // Deviations from 76.4375: 18.5625, 3.5625, -5.9375, -16.1875; their squares sum up to 654.546875.
        Number(answer, "scoreStdDev").ShouldBe(Math.Sqrt(654.546875 / 4), Tolerance);
        new[] { "excellentCount", "goodCount", "fairCount", "needsImprovementCount" }.Select(name => answer.GetProperty(name).GetInt32())
            .ShouldBe([1, 1, 1, 1]);
    }

    /// <summary>Scores of percentages and of a scale of its own never mix, nor do those of two years; who has no score is counted apart.</summary>
    [Fact]
    public async Task Tests_of_other_scales_years_and_students_without_a_score_are_answered_apart()
    {
        await api.World.PutAsync("teachers", Cancel, World.Teacher("T8", "Ms. Rit", "C3"));
        await api.World.PutAsync("tests", Cancel, World.Rit("R1"));
        await api.World.ScoresAsync(
            Cancel,
            Score("P1", "R1", "2024-2025", 180), Score("P1", "R1", "2025-2026", 208), Score("P2", "R1", "2025-2026", 211), Score("P3", "R1", "2025-2026", 230),
            Score("P4", "R1", "2025-2026", null, "exempt"), Score("P5", "R1", "2025-2026", null, "absent"), Score("P6", "R1", "2025-2026", null, "absent"),
            Score("P1", "X1", "2025-2026", 90));

        var newest = await api.GetAsync("/v1/classrooms/T8/scores");
        newest.GetProperty("schoolYear").GetString().ShouldBe("2025-2026");
        var items = newest.GetProperty("items").EnumerateArray().ToList();
        items.Select(item => item.GetProperty("testId").GetString()).ShouldBe(["R1", "X1"]);
        Number(items[0], "avgScore").ShouldBe(649 / 3.0, Tolerance);
        Number(items[0], "medianScore").ShouldBe(211);
        new[] { "studentCount", "exemptCount", "absentCount", "invalidatedCount" }.Select(name => items[0].GetProperty(name).GetInt32()).ShouldBe([3, 1, 2, 0]);
        items[0].GetProperty("bands").EnumerateArray().Select(band => $"{band.GetProperty("name").GetString()} {band.GetProperty("count")}")
            .ShouldBe(["High 1", "Low 2"]);
        (items[0].GetProperty("excellentCount").GetInt32(), items[0].GetProperty("goodCount").GetInt32()).ShouldBe((1, 2));
        items[0].GetProperty("fairCount").ValueKind.ShouldBe(JsonValueKind.Null);
        Number(items[1], "avgScore").ShouldBe(90);

        (await ItemsAsync("/v1/classrooms/T8/scores?schoolYear=all&testId=R1"))
            .Select(item => (item.GetProperty("schoolYear").GetString(), item.GetProperty("studentCount").GetInt32()))
            .ShouldBe([("2024-2025", 1), ("2025-2026", 3)]);
        (await ItemsAsync("/v1/classrooms/T8/distribution?testId=R1")).Select(item => Number(item, "score")).ShouldBe([208, 211, 230]);
        var students = await ItemsAsync("/v1/classrooms/T8/students?testId=R1");
        students.Select(item => item.GetProperty("status").GetString()).ShouldBe(["scored", "scored", "scored", "exempt", "absent", "absent"]);
        students[3].GetProperty("overallScore").ValueKind.ShouldBe(JsonValueKind.Null);
        Number(students[3], "classroomAvg").ShouldBe(649 / 3.0, Tolerance);
        (await ItemsAsync("/v1/schools/C3/scores?testId=R1")).ShouldHaveSingleItem().GetProperty("absentCount").GetInt32().ShouldBe(2);
        await api.World.RemoveScoresAsync(
            Cancel,
            Score("P1", "R1", "2024-2025", 180), Score("P1", "R1", "2025-2026", 208), Score("P2", "R1", "2025-2026", 211), Score("P3", "R1", "2025-2026", 230),
            Score("P4", "R1", "2025-2026", null, "exempt"), Score("P5", "R1", "2025-2026", null, "absent"), Score("P6", "R1", "2025-2026", null, "absent"),
            Score("P1", "X1", "2025-2026", 90));

        static Warehouse.Assessments.ScoreRow Score(string student, string test, string year, decimal? score, string status = "scored") =>
            World.Score(student, "T8", "C3", "D2", test, 0, 1) with
            {
                ScoreId = $"{student}-{test}-{year}-T8",
                SchoolYear = year,
                Status = status,
                OverallScore = score,
                Level = null,
                Dimensions = new Dictionary<string, decimal>(),
            };
    }

    /// <summary>A test whose subject was corrected was called by the old one in two answers and by the new one in the others.</summary>
    [Fact]
    public async Task Subject_of_a_test_is_that_of_now_in_every_answer()
    {
        await api.World.ChangeAsync("tests", World.Test("X2", "Spring reading", "reading"), World.Test("X2", "Spring reading", "literacy"), Cancel);
        Text(await api.GetAsync("/v1/classrooms/T1/scores?testId=X2"), "subject").ShouldBe(["literacy"]);
        foreach (var path in new[] { "schools/C1/scores", "districts/D1/scores", "districts/D1/schools/scores", "states/ST/districts/scores" })
        {
            (await ItemsAsync($"/v1/{path}?testId=X2")).ShouldHaveSingleItem().GetProperty("subject").GetString().ShouldBe("literacy", path);
        }

        (await ItemsAsync("/v1/students/P1/scores")).Select(item => item.GetProperty("subject").GetString()).ShouldBe(["math", "literacy"]);
        await api.World.ChangeAsync("tests", World.Test("X2", "Spring reading", "literacy"), World.Test("X2", "Spring reading", "reading"), Cancel);
    }

    [Fact]
    public async Task Classroom_in_all_tests()
    {
        var items = await ItemsAsync("/v1/classrooms/T1/scores");
        items.Select(item => item.GetProperty("testId").GetString()).ShouldBe(["X1", "X2"]);
        Text(items[1], "teacherId", "teacherName", "schoolId", "subject").ShouldBe(["T1", "Ms. Ada", "C1", "reading"]);
        Number(items[1], "scoreStdDev").ShouldBe(0);
    }

    [Fact]
    public async Task Students_of_a_classroom()
    {
        var items = await ItemsAsync("/v1/classrooms/T1/students?schoolYear=2025-2026&testId=X1");
        items.Select(item => item.GetProperty("studentId").GetString()).ShouldBe(["P1", "P2", "P3", "P4"]);
        var third = items[2];
        third.GetProperty("studentName").GetString().ShouldBe("Pupil 3");
        Number(third, "overallScore").ShouldBe(70.5);
        third.GetProperty("overallPerformanceLevel").GetInt32().ShouldBe(2);
        Number(third.GetProperty("dimensionScores"), "logic").ShouldBe(60.5);
        Number(third, "classroomAvg").ShouldBe(305.75 / 4, Tolerance);
        Number(third, "schoolAvg").ShouldBe(355.75 / 5, Tolerance);
        Number(third, "districtAvg").ShouldBe(432.75 / 6, Tolerance);
    }

    [Fact]
    public async Task School_and_a_district_by_grade_and_subject()
    {
        var school = (await ItemsAsync("/v1/schools/C1/scores?testId=X1")).ShouldHaveSingleItem();
        Text(school, "grade", "subject").ShouldBe(["5", "math"]);
        school.GetProperty("studentCount").GetInt32().ShouldBe(5);
        Number(school, "medianScore").ShouldBe(70.5);

        var district = await ItemsAsync("/v1/districts/D1/scores");
        district.Select(item => item.GetProperty("subject").GetString()).ShouldBe(["math", "reading"]);
        Number(district[0], "avgScore").ShouldBe(432.75 / 6, Tolerance);

        // 50, 60.25, 70.5, 77, 80, 95: places 1.25, 2.5 and 3.75.
        Number(district[0], "q1Score").ShouldBe(60.25 + (0.25 * 10.25), Tolerance);
        Number(district[0], "medianScore").ShouldBe(73.75, Tolerance);
        Number(district[0], "q3Score").ShouldBe(79.25, Tolerance);
    }

    [Fact]
    public async Task Dimensions_of_every_level()
    {
        var classroom = await ItemsAsync("/v1/classrooms/T1/dimensions?testId=X1");
        classroom.Select(item => item.GetProperty("dimension").GetString()).ShouldBe(["logic", "speed"]);
        Number(classroom[0], "avgScore").ShouldBe((305.75 / 4) - 10, Tolerance);
        Number(classroom[0], "medianScore").ShouldBe(65.25, Tolerance);
        (await ItemsAsync("/v1/schools/C1/dimensions?testId=X1"))[1].GetProperty("studentCount").GetInt32().ShouldBe(5);
        (await ItemsAsync("/v1/districts/D1/dimensions?testId=X1"))[1].GetProperty("studentCount").GetInt32().ShouldBe(6);
    }

    [Theory]
    [InlineData("classrooms/T1", "60.25:1 70.5:1 80:1 95:1")]
    [InlineData("schools/C1", "50:1 60.25:1 70.5:1 80:1 95:1")]
    [InlineData("districts/D1", "50:1 60.25:1 70.5:1 77:1 80:1 95:1")]
    [InlineData("states/ST", "50:1 60.25:1 70.5:1 77:2 80:1 95:1")]
    public async Task Distribution_of_every_level(string place, string expected)
    {
        var items = await ItemsAsync($"/v1/{place}/distribution?schoolYear=2025-2026&testId=X1");
        string.Join(' ', items.Select(item => FormattableString.Invariant($"{Number(item, "score")}:{item.GetProperty("count").GetInt64()}")))
            .ShouldBe(expected);
    }

    [Fact]
    public async Task Student_over_the_years()
    {
        var items = await ItemsAsync("/v1/students/P1/scores");
        items.Select(item => item.GetProperty("testId").GetString()).ShouldBe(["X1", "X2"]);
        Text(items[0], "schoolYear", "testName", "subject", "grade", "teacherId", "schoolId").ShouldBe(["2025-2026", "Spring math", "math", "5", "T1", "C1"]);
        items[0].GetProperty("testDate").GetString().ShouldBe(World.Today.ToString("yyyy-MM-dd"));
        Number(items[0], "overallScore").ShouldBe(95);
    }

    [Theory]
    [InlineData("classrooms/nobody/scores", "teacher")]
    [InlineData("classrooms/nobody/students", "teacher")]
    [InlineData("classrooms/nobody/dimensions", "teacher")]
    [InlineData("classrooms/nobody/distribution", "teacher")]
    [InlineData("schools/nobody/scores", "school")]
    [InlineData("schools/nobody/dimensions", "school")]
    [InlineData("schools/nobody/distribution", "school")]
    [InlineData("districts/nobody/scores", "district")]
    [InlineData("districts/nobody/dimensions", "district")]
    [InlineData("districts/nobody/distribution", "district")]
    [InlineData("districts/nobody/schools/scores", "district")]
    [InlineData("states/nobody/districts/scores", "state")]
    [InlineData("states/nobody/distribution", "state")]
    [InlineData("students/nobody/scores", "student")]
    [InlineData("classrooms/T1/scores?testId=nobody", "test")]
    public async Task Unknown_id_is_not_found(string path, string thing)
    {
        using var response = await api.Http.GetAsync($"/v1/{path}", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain($"There is no {thing} with id 'nobody'");
    }

    [Fact]
    public async Task Known_without_data_is_empty()
    {
        var answer = await api.GetAsync("/v1/classrooms/T2/scores?testId=X2");
        Text(answer, "teacherId", "teacherName", "testId", "subject").ShouldBe(["T2", "Mr. Bo", "X2", "reading"]);
        answer.GetProperty("studentCount").GetInt32().ShouldBe(0);
        foreach (var statistic in new[] { "avgScore", "avgPerformanceLevel", "medianScore", "minScore", "maxScore", "scoreStdDev" })
        {
            answer.GetProperty(statistic).ValueKind.ShouldBe(JsonValueKind.Null, statistic);
        }

        (await ItemsAsync("/v1/classrooms/T2/scores?schoolYear=1999")).ShouldBeEmpty();
        (await ItemsAsync("/v1/schools/C3/scores?testId=X2")).ShouldBeEmpty();
        (await ItemsAsync("/v1/students/P9/scores")).ShouldBeEmpty();
        (await ItemsAsync("/v1/states/ST/distribution?schoolYear=1999")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("classrooms/T1/scores?schoolYear=25/26", "schoolYear")]
    [InlineData("classrooms/T1/scores?testId=", "testId")]
    [InlineData("states/ST/districts/scores?sort=price", "sort")]
    [InlineData("states/ST/districts/scores?sort=", "sort")]
    [InlineData("states/ST/districts/scores?sort=--name", "sort")]
    [InlineData("states/ST/districts/scores?cursor=nonsense", "cursor")]
    [InlineData("states/ST/districts/scores?cursor=e30", "cursor")]
    [InlineData("states/ST/districts/scores?limit=0", "limit")]
    [InlineData("states/ST/districts/scores?limit=many", "limit")]
    public async Task Nonsense_is_refused_by_field(string path, string field)
    {
        using var response = await api.Http.GetAsync($"/v1/{path}", Cancel);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        body.ShouldContain(field, Case.Sensitive);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("id")]
    [InlineData("-id")]
    [InlineData("testId")]
    [InlineData("subject")]
    [InlineData("totalStudents")]
    [InlineData("-totalStudents")]
    [InlineData("avgScore")]
    [InlineData("-avgScore")]
    [InlineData("medianScore")]
    [InlineData("-medianScore")]
    public async Task Pages_of_a_comparison_add_up_to_the_sorted_whole(string sort)
    {
        foreach (var path in new[] { "/v1/states/ST/districts/scores", "/v1/districts/D1/schools/scores" })
        {
            var whole = await ItemsAsync($"{path}?sort={sort}");
            whole.Count.ShouldBe(3);
            var key = sort.TrimStart('-');
            var values = whole.Select(item => item.GetProperty(key))
                .Select(value => value.ValueKind == JsonValueKind.String ? (IComparable)value.GetString()! : value.GetDouble()).ToList();
            values.ShouldBe(sort[0] == '-' ? values.OrderDescending() : values.Order());

            var paged = new List<string>();
            string? cursor = null;
            do
            {
                var page = await api.GetAsync($"{path}?sort={sort}&limit=1{(cursor is null ? "" : $"&cursor={cursor}")}");
                paged.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
                cursor = page.GetProperty("nextCursor").GetString();
            }
            while (cursor is not null && paged.Count < 10);
            paged.ShouldBe(whole.Select(item => item.GetRawText()));
        }
    }

    [Fact]
    public async Task Cursor_belongs_to_its_sort()
    {
        var cursor = (await api.GetAsync("/v1/states/ST/districts/scores?limit=1")).GetProperty("nextCursor").GetString();
        using var response = await api.Http.GetAsync($"/v1/states/ST/districts/scores?sort=-avgScore&cursor={cursor}", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("cursor");
    }

    [Fact]
    public async Task Rename_shows_at_once_and_a_removal_too()
    {
        await api.World.PutAsync("teachers", Cancel, World.Teacher("T9", "Before", "C3"));
        (await api.GetAsync("/v1/classrooms/T9/scores")).GetProperty("teacherName").GetString().ShouldBe("Before");
        await api.World.ChangeAsync("teachers", World.Teacher("T9", "Before", "C3"), World.Teacher("T9", "After", "C2"), Cancel);
        var renamed = await api.GetAsync("/v1/classrooms/T9/scores");
        Text(renamed, "teacherName", "schoolId").ShouldBe(["After", "C2"]);
        await api.World.ChangeAsync("teachers", World.Teacher("T9", "After", "C2"), null, Cancel);
        (await api.Http.GetAsync("/v1/classrooms/T9/scores", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await api.World.ChangeAsync("schools", World.School("C2", "Lake", "D1"), World.School("C2", "Lakeside", "D1"), Cancel);
        (await ItemsAsync("/v1/districts/D1/schools/scores?sort=id")).Select(item => item.GetProperty("name").GetString()).ShouldContain("Lakeside");
        await api.World.ChangeAsync("schools", World.School("C2", "Lakeside", "D1"), World.School("C2", "Lake", "D1"), Cancel);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered()
    {
        (await api.Anonymous.GetAsync("/v1/classrooms/T1/scores", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await api.Anonymous.GetAsync("/v1/freshness", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await api.Anonymous.GetAsync("/health", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Warehouse_that_does_not_answer_is_a_503()
    {
        await using var broken = api.WithoutWarehouse();
        using var http = broken.CreateClient();
        http.DefaultRequestHeaders.Authorization = api.Http.DefaultRequestHeaders.Authorization;
        using var response = await http.GetAsync("/v1/classrooms/T1/scores", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await http.GetAsync("/health", Cancel)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private async Task<List<JsonElement>> ItemsAsync(string path) => [.. (await api.GetAsync(path)).GetProperty("items").EnumerateArray()];

    private static IEnumerable<string?> Text(JsonElement element, params string[] names) => names.Select(name => element.GetProperty(name).GetString());

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
