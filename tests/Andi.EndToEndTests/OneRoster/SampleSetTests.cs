using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Andi.EndToEndTests.Topology;
using Andi.Testing;

namespace Andi.EndToEndTests.OneRoster;

/// <summary>A set of OneRoster files goes in with one call, and the answers about classes and scores are those that its files give.</summary>
public sealed class SampleSetTests(TopologyFixture topology)
{
    private const double Tolerance = 1e-9;

    private static readonly string Folder = Path.Combine(TestState.Solution(), "..", "shared", "data", "oneroster_sample");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Classes_and_scores_are_answered_as_the_files_give_them()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "The sample is not here: it lies beside the clone, in ../shared/data.");
        var files = Directory.GetFiles(Folder, "*.csv").ToDictionary(path => Path.GetFileNameWithoutExtension(path), Read);
        var position = await ImportAsync();

        var gone = files["users"].Where(user => user["status"] == "tobedeleted").Select(user => user["sourcedId"]).ToHashSet();
        foreach (var one in files["classes"])
        {
            var enrolled = files["enrollments"].Where(row => row["classSourcedId"] == one["sourcedId"]).ToList();
            var teacher = enrolled.Single(row => row["role"] == "teacher" && row["primary"] == "true")["userSourcedId"];
            var students = enrolled.Where(row => row["role"] == "student" && !gone.Contains(row["userSourcedId"])).ToList();
            var asOf = students.Min(row => row["beginDate"]);

            var read = await ReadAsync($"classes/{one["sourcedId"]}?asOf={asOf}", position);
            (read.GetProperty("name").GetString(), read.GetProperty("teacherId").GetString()).ShouldBe((one["title"], teacher));
            read.GetProperty("students").EnumerateArray().Select(student => student.GetProperty("studentId").GetString())
                .ShouldBe(students.Select(row => row["userSourcedId"]).Order(StringComparer.Ordinal));

            var item = files["lineItems"].Single(row => row["classSourcedId"] == one["sourcedId"])["sourcedId"];
            var results = files["results"].Where(row => row["lineItemSourcedId"] == item && !gone.Contains(row["studentSourcedId"])).ToList();
            var scores = results.Where(row => row["score"].Length > 0).Select(row => double.Parse(row["score"], CultureInfo.InvariantCulture)).Order().ToList();
            var answer = await ReadAsync($"classrooms/{teacher}/scores?schoolYear=2026-2027&testId={item}", position);
            answer.GetProperty("studentCount").GetInt32().ShouldBe(scores.Count);
            Number(answer, "avgScore").ShouldBe(scores.Average(), Tolerance);
            Number(answer, "medianScore").ShouldBe(Median(scores), Tolerance);
            (Number(answer, "minScore"), Number(answer, "maxScore")).ShouldBe((scores[0], scores[^1]));
            answer.GetProperty("exemptCount").GetInt32().ShouldBe(results.Count(row => row["scoreStatus"] == "exempt"));
        }
    }

    private static List<Dictionary<string, string>> Read(string path)
    {
        // The sample has no quotes.
        var lines = File.ReadAllLines(path);
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static double Median(List<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();

    private async Task<string> ImportAsync()
    {
        using var zip = new MemoryStream();
        await ZipFile.CreateFromDirectoryAsync(Folder, zip, Cancel);
        using var content = new ByteArrayContent(zip.ToArray()) { Headers = { ContentType = new("application/zip") } };
        using var response = await topology.Oltp.PostAsync("v1/imports/oneroster?stateId=CA", content, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancel));
        return response.Headers.GetValues("Andi-Position").Single();
    }

    private async Task<JsonElement> ReadAsync(string path, string position)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/{path}") { Headers = { { "Andi-At-Least", position } } };
            using var response = await topology.Analytics.SendAsync(request, Cancel);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == 6)
            {
                response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancel));
                return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            }
        }
    }
}
