using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Andi.EndToEndTests.Topology;

namespace Andi.EndToEndTests.Assessments;

/// <summary>From an HTTP write to an exact answer: after every kind of change each aggregate equals what PostgreSQL computes from its rows.</summary>
public sealed class ScoresTests(TopologyFixture topology)
{
    private const double Tolerance = 1e-9;

    [Fact]
    public async Task Written_corrected_removed_and_imported_scores_are_answered_as_PostgreSQL_computes_them()
    {
        var world = await SchoolWorld.CreateAsync(topology);

        var ids = new List<string>();
        for (var student = 0; student < 12; student++)
        {
            ids.Add(await world.PostScoreAsync(world.Score(student, student % 3, 60 + (student * 3.25m))));
        }

        await EverythingEqualsAsync(world);

        // A correction, one that moves the score to a teacher of another school, and one that changes nothing.
        await world.PutAsync($"scores/{ids[0]}", world.Score(0, 0, 99.99m, level: 4));
        await world.PutAsync($"scores/{ids[1]}", world.Score(1, 2, 12.5m));
        await world.PutAsync($"scores/{ids[2]}", world.Score(2, 2, 66.5m));
        await EverythingEqualsAsync(world);

        await world.DeleteAsync($"scores/{ids[3]}");
        await world.DeleteAsync($"scores/{ids[5]}");
        await EverythingEqualsAsync(world);

        // The CSV corrects some of them and brings new ones.
        using var imported = await world.ImportAsync("scores", Csv(world, Enumerable.Range(6, 30)), "?mode=upsert");
        imported.StatusCode.ShouldBe(HttpStatusCode.OK, await imported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await EverythingEqualsAsync(world);

        // The teacher changes schools: scores stay where they were earned, those that follow count at the new school.
        await world.PutAsync($"teachers/{world.Teachers[0]}", new { name = "Teacher 0, moved", schoolId = world.Schools[1] });
        await world.PostScoreAsync(world.Score(38, 0, 71));
        await EverythingEqualsAsync(world);
    }

    [Fact]
    public async Task Renamed_teacher_shows_at_once()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        await world.PostScoreAsync(world.Score(0, 0, 80));
        (await ClassroomAsync(world, 0)).GetProperty("teacherName").GetString().ShouldBe("Teacher 0");

        await world.PutAsync($"teachers/{world.Teachers[0]}", new { name = "Renamed", schoolId = world.Schools[0] });

        (await ClassroomAsync(world, 0)).GetProperty("teacherName").GetString().ShouldBe("Renamed");
        var found = (await world.ReadAsync($"search?q={world.Teachers[0]}")).GetProperty("items")[0];
        (found.GetProperty("kind").GetString(), found.GetProperty("name").GetString()).ShouldBe(("classroom", "Renamed"));
    }

    [Fact]
    public async Task Classroom_without_scores_is_empty_and_one_that_nobody_knows_is_not_found()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        var empty = await ClassroomAsync(world, 2);
        empty.GetProperty("studentCount").GetInt32().ShouldBe(0);
        empty.GetProperty("avgScore").ValueKind.ShouldBe(JsonValueKind.Null);
        empty.GetProperty("medianScore").ValueKind.ShouldBe(JsonValueKind.Null);

        using var unknown = await topology.Analytics.GetAsync($"v1/classrooms/{TopologyFixture.NewId("nobody")}/scores", TestContext.Current.CancellationToken);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        unknown.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Broken_import_leaves_nothing_behind()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        await world.PostScoreAsync(world.Score(0, 0, 80));
        var csv = Csv(world, Enumerable.Range(1, 20)) + $"nobody,{world.Teachers[0]},{world.Math},{SchoolWorld.Year},2026-03-02,50,2,\n";

        using var refused = await world.ImportAsync("scores", csv);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("22");
        await world.PutAsync($"teachers/{world.Teachers[1]}", new { name = "Later write", schoolId = world.Schools[0] });
        (await ClassroomAsync(world, 0)).GetProperty("studentCount").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Freshness_names_every_table()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        // Freshness itself does not wait for a position; a classroom does.
        await ClassroomAsync(world, 0);
        var freshness = await world.ReadAsync("freshness");
        freshness.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("table").GetString())
            .ShouldBe(
                [
                    "districts", "schools", "scores", "students", "teachers", "classes", "enrollments", "tests", "ciq_sessions", "resources",
                    "resource_usage", "community_activity",
                ],
                ignoreOrder: true);
        freshness.GetProperty("position").GetString().ShouldNotBeNullOrEmpty();
    }

    private static Task<JsonElement> ClassroomAsync(SchoolWorld world, int teacher) =>
        world.ReadAsync($"classrooms/{world.Teachers[teacher]}/scores?schoolYear={SchoolWorld.Year}&testId={world.Math}");

    private async Task EverythingEqualsAsync(SchoolWorld world)
    {
        var postgres = new PostgresOracle(topology.Run.Postgres);
        var filter = $"schoolYear={SchoolWorld.Year}&testId={world.Math}";

        var classrooms = await postgres.ByAsync("teacher_id", "test_id", world.Math);
        for (var teacher = 0; teacher < world.Teachers.Count; teacher++)
        {
            var answer = await ClassroomAsync(world, teacher);
            if (!classrooms.TryGetValue(world.Teachers[teacher], out var expected))
            {
                answer.GetProperty("studentCount").GetInt32().ShouldBe(0);
                continue;
            }

            Equal(answer, expected,
                ("studentCount", e => e.Count), ("avgScore", e => e.Avg), ("avgPerformanceLevel", e => e.AvgLevel), ("medianScore", e => e.Median),
                ("minScore", e => e.Min), ("maxScore", e => e.Max), ("scoreStdDev", e => e.StdDev), ("excellentCount", e => e.Excellent),
                ("goodCount", e => e.Good), ("fairCount", e => e.Fair), ("needsImprovementCount", e => e.NeedsImprovement));
        }

        foreach (var school in world.Schools)
        {
            EqualItems(
                await world.ReadAsync($"schools/{school}/scores?{filter}"), "grade", await postgres.ByGradeAsync("school_id", school),
                ("studentCount", e => e.Count), ("avgScore", e => e.Avg), ("medianScore", e => e.Median), ("scoreStdDev", e => e.StdDev));
            EqualItems(
                await world.ReadAsync($"schools/{school}/dimensions?{filter}"), "dimension", await postgres.ByDimensionAsync("school_id", school),
                ("studentCount", e => e.Count), ("avgScore", e => e.Avg), ("medianScore", e => e.Median));
        }

        EqualItems(
            await world.ReadAsync($"districts/{world.District}/scores?{filter}"), "grade", await postgres.ByGradeAsync("district_id", world.District),
            ("studentCount", e => e.Count), ("avgScore", e => e.Avg), ("medianScore", e => e.Median), ("q1Score", e => e.Q1), ("q3Score", e => e.Q3));
        EqualItems(
            await world.ReadAsync($"districts/{world.District}/schools/scores?{filter}"), "id",
            await postgres.ByAsync("school_id", "district_id", world.District),
            ("totalStudents", e => e.Count), ("avgScore", e => e.Avg), ("medianScore", e => e.Median));
        EqualItems(
            await world.ReadAsync($"states/{world.State}/districts/scores?{filter}"), "id", await postgres.ByAsync("district_id", "state_id", world.State),
            ("totalStudents", e => e.Count), ("avgScore", e => e.Avg), ("medianScore", e => e.Median));
    }

    private static void EqualItems(
        JsonElement answer, string key, IReadOnlyDictionary<string, Summary> expected, params (string Field, Func<Summary, double> Value)[] fields)
    {
        var items = answer.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty(key).GetString()!);
        items.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var (group, summary) in expected)
        {
            Equal(items[group], summary, fields);
        }
    }

    private static void Equal(JsonElement answer, Summary expected, params (string Field, Func<Summary, double> Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            answer.GetProperty(field).GetDouble().ShouldBe(value(expected), Tolerance, $"{field} in {answer}");
        }
    }

    private static string Csv(SchoolWorld world, IEnumerable<int> students)
    {
        var csv = new StringBuilder("studentId,teacherId,testId,schoolYear,testDate,overallScore,overallPerformanceLevel,dimension:algebra\n");
        foreach (var student in students)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{world.Students[student]},{world.Teachers[student % 3]},{world.Math},{SchoolWorld.Year},2026-03-{1 + (student % 28):00},"
                + $"{40 + (student * 1.5m)},{1 + (student % 4)},{student}\n");
        }

        return csv.ToString();
    }
}
