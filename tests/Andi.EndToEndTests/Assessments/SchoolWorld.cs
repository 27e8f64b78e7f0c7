using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Andi.EndToEndTests.Topology;

namespace Andi.EndToEndTests.Assessments;

/// <summary>
/// A state with a district, schools, teachers, students and tests of one test's own, written over HTTP. Every write is remembered, so that reads can ask
/// for at least that position.
/// </summary>
internal sealed class SchoolWorld(TopologyFixture topology)
{
    public const string Year = "2025-2026";

    private string? _position;

    /// <summary>Of the last write.</summary>
    public string Position => _position ?? throw new InvalidOperationException("Nothing has been written.");

    public string State { get; } = TopologyFixture.NewId("state");

    public string District { get; } = TopologyFixture.NewId("district");

    public IReadOnlyList<string> Schools { get; } = [TopologyFixture.NewId("school"), TopologyFixture.NewId("school")];

    public IReadOnlyList<string> Teachers { get; } = [TopologyFixture.NewId("teacher"), TopologyFixture.NewId("teacher"), TopologyFixture.NewId("teacher")];

    public IReadOnlyList<string> Students { get; } = [.. Enumerable.Range(0, 40).Select(_ => TopologyFixture.NewId("student"))];

    public string Math { get; } = TopologyFixture.NewId("math");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Two schools; teachers 0 and 1 in the first, 2 in the second; students of grades 4 and 5 in both.</summary>
    public static async Task<SchoolWorld> CreateAsync(TopologyFixture topology)
    {
        var world = new SchoolWorld(topology);
        await world.PutAsync($"districts/{world.District}", new { name = "District", stateId = world.State });
        for (var school = 0; school < world.Schools.Count; school++)
        {
            await world.PutAsync($"schools/{world.Schools[school]}", new { name = $"School {school}", districtId = world.District });
        }

        for (var teacher = 0; teacher < world.Teachers.Count; teacher++)
        {
            await world.PutAsync($"teachers/{world.Teachers[teacher]}", new { name = $"Teacher {teacher}", schoolId = world.Schools[teacher / 2] });
        }

        await world.PutAsync($"tests/{world.Math}", new { name = "Math", subject = "math", maxScore = 100 });
        var students = new StringBuilder("studentId,name,grade,schoolId\n");
        for (var student = 0; student < world.Students.Count; student++)
        {
            students.Append(CultureInfo.InvariantCulture, $"{world.Students[student]},Student {student},{4 + (student % 2)},{world.Schools[student / 30]}\n");
        }

        (await world.ImportAsync("students", students.ToString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        return world;
    }

    public object Score(int student, int teacher, decimal score, int? level = null) => new
    {
        studentId = Students[student],
        teacherId = Teachers[teacher],
        testId = Math,
        schoolYear = Year,
        testDate = "2026-03-02",
        overallScore = score,
        overallPerformanceLevel = level ?? 1 + (student % 4),
        dimensionScores = new Dictionary<string, decimal> { ["algebra"] = score, ["geometry"] = decimal.Round(score / 2, 2) },
    };

    public async Task<string> PostScoreAsync(object score)
    {
        using var response = await SendAsync(HttpMethod.Post, "scores", JsonContent.Create(score));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancellation));
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("scoreId").GetString()!;
    }

    public async Task PutAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Put, path, JsonContent.Create(body));
        response.IsSuccessStatusCode.ShouldBeTrue($"PUT {path}: {await response.Content.ReadAsStringAsync(Cancellation)}");
    }

    public async Task DeleteAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    public Task<HttpResponseMessage> ImportAsync(string entity, string csv, string query = "") =>
        SendAsync(HttpMethod.Post, $"imports/{entity}{query}", new StringContent(csv, Encoding.UTF8, "text/csv"));

    /// <summary>Imports a file of others through a mapping.</summary>
    public Task<HttpResponseMessage> ImportMappedAsync(string entity, string mapping, string csv, string query = "") => SendAsync(
        HttpMethod.Post, $"imports/{entity}{query}",
        new MultipartFormDataContent
        {
            { new StringContent(mapping, Encoding.UTF8, "application/json"), "mapping" },
            { new StringContent(csv, Encoding.UTF8, "text/csv"), "file", "file.csv" },
        });

    /// <summary>Reads once the warehouse has every write of this world.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        // Another assembly's build may keep two cores busy; the product's own limit for one wait is 5 s.
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/{path}");
            request.Headers.Add("Andi-At-Least", _position!);
            using var response = await topology.Analytics.SendAsync(request, Cancellation);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == 6)
            {
                response.StatusCode.ShouldBe(HttpStatusCode.OK, $"GET {path}: {await response.Content.ReadAsStringAsync(Cancellation)}");
                response.Headers.GetValues("Andi-Position").ShouldHaveSingleItem();
                return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"v1/{path}") { Content = content };
        var response = await topology.Oltp.SendAsync(request, Cancellation);
        if (response.IsSuccessStatusCode)
        {
            _position = response.Headers.GetValues("Andi-Position").ShouldHaveSingleItem();
        }

        return response;
    }
}
