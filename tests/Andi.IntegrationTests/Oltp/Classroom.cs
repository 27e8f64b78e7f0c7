using System.Net;

namespace Andi.IntegrationTests.Oltp;

/// <summary>A district, a school, a teacher, students and a test of one test method alone.</summary>
internal sealed class Classroom
{
    public string District { get; } = OltpFixture.Unique("D");

    public string School { get; } = OltpFixture.Unique("S");

    public string Teacher { get; } = OltpFixture.Unique("T");

    public string Test { get; } = OltpFixture.Unique("M");

    public IReadOnlyList<string> Students { get; private init; } = [];

    public string Student => Students[0];

    public static async Task<Classroom> CreateAsync(HttpClient http, int students = 1)
    {
        var classroom = new Classroom { Students = [.. Enumerable.Range(0, students).Select(_ => OltpFixture.Unique("PU"))] };
        await http.PutAsync($"v1/districts/{classroom.District}", new { name = "North", stateId = "TX" }).ShouldBeAsync(HttpStatusCode.Created);
        await http.PutAsync($"v1/schools/{classroom.School}", new { name = "Hill School", districtId = classroom.District })
            .ShouldBeAsync(HttpStatusCode.Created);
        await http.PutAsync($"v1/teachers/{classroom.Teacher}", new { name = "Ms Stone", schoolId = classroom.School }).ShouldBeAsync(HttpStatusCode.Created);
        await http.PutAsync($"v1/tests/{classroom.Test}", new { name = "Spring", subject = "Math" }).ShouldBeAsync(HttpStatusCode.Created);
        foreach (var student in classroom.Students)
        {
            await http.PutAsync($"v1/students/{student}", new { name = "Kid", grade = 5, schoolId = classroom.School }).ShouldBeAsync(HttpStatusCode.Created);
        }

        return classroom;
    }

    /// <summary>A score's body that is fine; change what the test is about with <c>with</c>.</summary>
    public ScoreJson Score(int student = 0) => new()
    {
        StudentId = Students[student],
        TeacherId = Teacher,
        TestId = Test,
        SchoolYear = "2025-2026",
        TestDate = "2026-05-01",
        OverallScore = 88.5m,
        OverallPerformanceLevel = 3,
        DimensionScores = new() { ["algebra"] = 90m, ["geometry"] = 80.25m },
    };
}

internal sealed record ScoreJson
{
    public string? ScoreId { get; init; }

    public string? StudentId { get; init; }

    public string? TeacherId { get; init; }

    public string? TestId { get; init; }

    public object? SchoolYear { get; init; }

    public string? TestDate { get; init; }

    public string? Status { get; init; }

    public decimal? OverallScore { get; init; }

    public int? OverallPerformanceLevel { get; init; }

    public Dictionary<string, decimal>? DimensionScores { get; init; }
}
