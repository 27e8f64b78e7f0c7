using System.Globalization;
using System.Net;
using System.Text.Json;
using Andi.EndToEndTests.Topology;

namespace Andi.EndToEndTests.Assessments;

/// <summary>Files that were made for others, one command each: the answers are those of a straightforward computation from the file.</summary>
public sealed class VendorFilesTests(TopologyFixture topology)
{
    private const double Tolerance = 1e-9;

    /// <summary>MAP RIT 208 was refused, even in a test of 1000 points.</summary>
    [Fact]
    public async Task Export_of_RIT_scores_loads_with_one_command_and_gives_what_its_rows_give()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        var (reading, math) = ($"{world.Math}-r", $"{world.Math}-m");
        foreach (var test in new[] { reading, math })
        {
            await world.PutAsync($"tests/{test}", new
            {
                name = "MAP Growth",
                subject = "reading",
                minScore = 100,
                maxScore = 350,
                decimals = 0,
                levels = new[] { "Low", "LoAvg", "Avg", "HiAvg", "High" },
            });
        }

        // One in nine did not take the test: the export has a line without a score.
        string[] quintiles = ["Low", "LoAvg", "Avg", "HiAvg", "High"];
        var rows = Enumerable.Range(0, 40).SelectMany(n => new[] { "Reading", "Mathematics" }.Select(subject => (
            Student: world.Students[n], Subject: subject, Level: n % 5,
            Rit: n % 9 == 4 ? (int?)null : 160 + (n * 7 % 91) + (subject == "Reading" ? 4 : 0)))).ToList();
        var csv = "TermName,StudentID,StudentLastName,Subject,TestStartDate,TestRITScore,AchievementQuintile,Goal1Name,Goal1RitScore\n"
            + string.Concat(rows.Select(row => $"Fall 2025-2026,{row.Student},\"O'Neil, Jr.\",{row.Subject},9/16/2025,{row.Rit},"
                + $"{(row.Rit is null ? "" : quintiles[row.Level])},Literature,{row.Rit + 2}\n"));
        var mapping = JsonSerializer.Serialize(new
        {
            constants = new { teacherId = world.Teachers[1] },
            values = new { testId = new Dictionary<string, string> { ["Reading"] = reading, ["Mathematics"] = math } },
        });
        using var imported = await world.ImportMappedAsync("scores", mapping, csv, "?profile=nwea-map");
        await ShouldBeReadAsync(imported, written: rows.Count(row => row.Rit is not null));

        foreach (var (subject, test) in new[] { ("Reading", reading), ("Mathematics", math) })
        {
            var classroom = await world.ReadAsync($"classrooms/{world.Teachers[1]}/scores?testId={test}");
            var scored = rows.Where(row => row.Subject == subject && row.Rit is not null).ToList();
            ShouldBe(classroom, [.. scored.Select(row => (decimal)row.Rit!.Value)]);
            classroom.GetProperty("avgPerformanceLevel").GetDouble().ShouldBe(scored.Average(row => row.Level + 1), Tolerance);
            var goal = (await world.ReadAsync($"schools/{world.Schools[0]}/dimensions?testId={test}")).GetProperty("items").EnumerateArray().Single();
            goal.GetProperty("avgScore").GetDouble().ShouldBe(scored.Average(row => row.Rit!.Value + 2), Tolerance);
        }
    }

    [Fact]
    public async Task Gradebook_of_letters_extra_credit_and_other_dates_loads_with_one_command_and_gives_what_its_rows_give()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        var letters = new Dictionary<string, string> { ["A"] = "95", ["B"] = "85", ["C"] = "75", ["F"] = "50", ["EX"] = "" };
        string[] marks = ["A", "103.5", "B", "88.123456", "C", "F", "EX", "72,5"];
        var rows = Enumerable.Range(0, 40).Select(n => (Student: world.Students[n], Mark: marks[n % marks.Length])).ToList();
        var csv = "Student ID ; Name;Mark;Excused;Mark;Date\n" + string.Concat(
            rows.Select(row => $"{row.Student};\"Lee\" Jr;{row.Mark.Replace('.', ',')};{(row.Mark == "EX" ? "EX" : "")};ignored;20260302\n"));
        var mapping = JsonSerializer.Serialize(new
        {
            columns = new Dictionary<string, string> { ["Student ID"] = "studentId", ["Mark"] = "overallScore", ["Excused"] = "status", ["Date"] = "testDate" },
            constants = new { teacherId = world.Teachers[0], testId = world.Math, schoolYear = SchoolWorld.Year },
            values = new { overallScore = letters, status = new Dictionary<string, string> { ["EX"] = "exempt" } },
            dateFormats = new[] { "yyyyMMdd" },
            decimalComma = true,
            separator = ";",
            lenientQuotes = true,
            ignoreRest = true,
            round = 2,
            clamp = true,
        });
        using var imported = await world.ImportMappedAsync("scores", mapping, csv);
        await ShouldBeReadAsync(imported, written: 40);

        var classroom = await world.ReadAsync($"classrooms/{world.Teachers[0]}/scores?testId={world.Math}");
        decimal? Score(string mark) => mark switch
        {
            "A" => 95,
            "B" => 85,
            "C" => 75,
            "F" => 50,
            "EX" => null,
            "103.5" => 100,
            "88.123456" => 88.12m,
            _ => 72.5m,
        };
        ShouldBe(classroom, [.. rows.Select(row => Score(row.Mark)).OfType<decimal>()]);
        classroom.GetProperty("exemptCount").GetInt32().ShouldBe(rows.Count(row => row.Mark == "EX"));
    }

    private static void ShouldBe(JsonElement answer, IReadOnlyList<decimal> scores)
    {
        var ordered = scores.Order().ToList();
        answer.GetProperty("studentCount").GetInt32().ShouldBe(scores.Count);
        answer.GetProperty("avgScore").GetDouble().ShouldBe((double)scores.Average(), Tolerance);
        answer.GetProperty("medianScore").GetDouble().ShouldBe((double)(ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2, Tolerance);
        answer.GetProperty("minScore").GetDouble().ShouldBe((double)ordered[0]);
        answer.GetProperty("maxScore").GetDouble().ShouldBe((double)ordered[^1]);
    }

    private static async Task ShouldBeReadAsync(HttpResponseMessage imported, int written)
    {
        var text = await imported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        imported.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        JsonDocument.Parse(text).RootElement.GetProperty("written").GetInt32().ShouldBe(written, string.Create(CultureInfo.InvariantCulture, $"{text}"));
    }
}
