using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Andi.EndToEndTests.Topology;

namespace Andi.EndToEndTests.Assessments;

/// <summary>Files of scores as schools have them, one command each: the answers are those of a straightforward computation from the file.</summary>
public sealed class ScalesTests(TopologyFixture topology)
{
    private const double Tolerance = 1e-9;

    [Fact]
    public async Task Exam_file_of_a_thousand_rows_gives_what_its_rows_give()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        var pupils = Enumerable.Range(0, 1_000).Select(n => (Id: $"{world.District}-{n}", Teacher: n % 3, Grade: 3 + (n % 4))).ToList();
        await ImportAsync(
            world, "students", "studentId,name,grade,schoolId", pupils.Select(pupil => $"{pupil.Id},Pupil,{pupil.Grade},{world.Schools[pupil.Teacher / 2]}"));

        // Each eleventh was absent or exempt; nobody has 0 for it.
        var rows = pupils.Select((pupil, n) => (
            pupil.Id, pupil.Teacher, pupil.Grade, Status: (n % 11) switch { 5 => "absent", 8 => "exempt", _ => "scored" },
            Score: n * 7919 % 10_001 / 100m)).ToList();
        await ImportAsync(
            world, "scores", "studentId,teacherId,testId,schoolYear,testDate,status,overallScore,overallPerformanceLevel",
            rows.Select(row => $"{row.Id},{world.Teachers[row.Teacher]},{world.Math},{SchoolWorld.Year},2026-03-02,{row.Status},"
                + (row.Status == "scored" ? $"{Text(row.Score)},{1 + (int)(row.Score / 30)}" : ",")));

        for (var teacher = 0; teacher < 3; teacher++)
        {
            var classroom = await world.ReadAsync($"classrooms/{world.Teachers[teacher]}/scores?testId={world.Math}");
            classroom.GetProperty("schoolYear").GetString().ShouldBe(SchoolWorld.Year);
            var own = rows.Where(row => row.Teacher == teacher).ToList();
            ShouldBe(classroom, [.. own.Where(row => row.Status == "scored").Select(row => row.Score)]);
            classroom.GetProperty("absentCount").GetInt32().ShouldBe(own.Count(row => row.Status == "absent"));
            classroom.GetProperty("exemptCount").GetInt32().ShouldBe(own.Count(row => row.Status == "exempt"));
            classroom.GetProperty("excellentCount").GetInt32().ShouldBe(own.Count(row => row.Status == "scored" && row.Score >= 90));
        }

        var grades = (await world.ReadAsync($"districts/{world.District}/scores")).GetProperty("items").EnumerateArray().ToList();
        grades.Select(grade => grade.GetProperty("grade").GetString()).ShouldBe(["3", "4", "5", "6"]);
        foreach (var grade in grades)
        {
            var own = rows.Where(row => Text(row.Grade) == grade.GetProperty("grade").GetString()).ToList();
            ShouldBe(grade, [.. own.Where(row => row.Status == "scored").Select(row => row.Score)]);
        }
    }

    [Fact]
    public async Task Scores_of_two_scales_and_two_years_stand_beside_each_other_and_never_mix()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        var rit = $"{world.Math}-rit";
        await world.PutAsync($"tests/{rit}", new
        {
            name = "Growth",
            subject = "reading",
            minScore = 100,
            maxScore = 350,
            decimals = 0,
            bands = new[] { new { name = "High", from = 220 }, new { name = "Average", from = 200 }, new { name = "Low", from = 100 } },
        });
        (string Test, string Year, string Date)[] files =
            [(rit, "2024-2025", "2025-04-02"), (rit, SchoolWorld.Year, "2026-04-02"), (world.Math, SchoolWorld.Year, "2026-03-02")];
        decimal Score(string test, int student, string year) => test == rit ? 180 + (student * 2) + (year == SchoolWorld.Year ? 9 : 0) : 50 + student;
        foreach (var (test, year, date) in files)
        {
            await ImportAsync(
                world, "scores", "studentId,teacherId,testId,schoolYear,testDate,overallScore",
                Enumerable.Range(0, 30).Select(n => $"{world.Students[n]},{world.Teachers[0]},{test},{year},{date},{Text(Score(test, n, year))}"));
        }

        var newest = await world.ReadAsync($"classrooms/{world.Teachers[0]}/scores");
        newest.GetProperty("schoolYear").GetString().ShouldBe(SchoolWorld.Year);
        var items = newest.GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("testId").GetString()!);
        items.Keys.ShouldBe([world.Math, rit], ignoreOrder: true);
        ShouldBe(items[rit], [.. Enumerable.Range(0, 30).Select(n => Score(rit, n, SchoolWorld.Year))]);
        ShouldBe(items[world.Math], [.. Enumerable.Range(0, 30).Select(n => Score(world.Math, n, SchoolWorld.Year))]);
        items[rit].GetProperty("bands").EnumerateArray().Select(band => band.GetProperty("count").GetInt32())
            .ShouldBe([14, 10, 6], "189 and up by twos: 14 from 221, 10 from 201");

        var all = (await world.ReadAsync($"schools/{world.Schools[0]}/scores?schoolYear=all&testId={rit}")).GetProperty("items").EnumerateArray().ToList();
        all.Select(item => (item.GetProperty("schoolYear").GetString(), item.GetProperty("grade").GetString(), item.GetProperty("studentCount").GetInt32()))
            .ShouldBe([("2024-2025", "4", 15), ("2024-2025", "5", 15), (SchoolWorld.Year, "4", 15), (SchoolWorld.Year, "5", 15)]);
    }

    /// <summary>A score of long ago was answered 201 and shown by no answer.</summary>
    [Fact]
    public async Task Score_of_before_what_the_warehouse_keeps_is_answered_with_a_warning()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        var old = new
        {
            scoreId = $"{world.Math}-old",
            studentId = world.Students[0],
            teacherId = world.Teachers[0],
            testId = world.Math,
            schoolYear = "2010-2011",
            testDate = "2011-05-02",
            overallScore = 50,
        };
        IEnumerable<string>? warning = null;
        for (var attempt = 0; warning is null && attempt < 120; attempt++)
        {
            // The first one records it, the others change nothing. The write API looks every ten seconds what counts.
            using var recorded = await topology.Oltp.PostAsJsonAsync("v1/scores", old, TestContext.Current.CancellationToken);
            recorded.IsSuccessStatusCode.ShouldBeTrue();
            if (!recorded.Headers.TryGetValues("Andi-Warning", out warning))
            {
                await Task.Delay(250, TestContext.Current.CancellationToken);
            }
        }

        warning.ShouldNotBeNull().ShouldHaveSingleItem()
            .ShouldStartWith("No answer shows what happened on 2011-05-02: the warehouse keeps what happened from ");
        using var imported = await world.ImportAsync(
            "scores", "studentId,teacherId,testId,schoolYear,testDate,overallScore\n"
            + $"{world.Students[1]},{world.Teachers[0]},{world.Math},{SchoolWorld.Year},2026-03-02,50\n"
            + $"{world.Students[2]},{world.Teachers[0]},{world.Math},2010,2011-05-02,50\n");
        (await imported.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("warnings").EnumerateArray()
            .ShouldHaveSingleItem().GetString().ShouldNotBeNull().ShouldStartWith("1 rows, the first in line 3, are of dates that no answer shows");
    }

    private static void ShouldBe(JsonElement answer, IReadOnlyList<decimal> scores)
    {
        var ordered = scores.Order().ToList();
        answer.GetProperty("studentCount").GetInt32().ShouldBe(scores.Count);
        answer.GetProperty("avgScore").GetDouble().ShouldBe((double)scores.Average(), Tolerance);
        answer.GetProperty("medianScore").GetDouble().ShouldBe((double)(ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2, Tolerance);
    }

    private static async Task ImportAsync(SchoolWorld world, string entity, string header, IEnumerable<string> rows)
    {
        var csv = new StringBuilder(header).Append('\n').AppendJoin('\n', rows).Append('\n').ToString();
        using var imported = await world.ImportAsync(entity, csv);
        imported.StatusCode.ShouldBe(HttpStatusCode.OK, await imported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
