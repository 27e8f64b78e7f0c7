using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Andi.IntegrationTests.Oltp.Coaching;

/// <summary>A teacher and a resource of one test method alone, with bodies that are fine; change in them what the test is about.</summary>
internal sealed class CoachedTeacher
{
    private CoachedTeacher(Classroom room) => Room = room;

    /// <summary>Where the teacher is.</summary>
    public Classroom Room { get; }

    public string Teacher => Room.Teacher;

    public string Resource { get; } = OltpFixture.Unique("R");

    public static async Task<CoachedTeacher> CreateAsync(HttpClient http)
    {
        var coached = new CoachedTeacher(await Classroom.CreateAsync(http, students: 0));
        await http.PutAsync($"v1/resources/{coached.Resource}", new { title = "Asking open questions", kind = "video", subject = "Math", gradeBand = "3-5" })
            .ShouldBeAsync(HttpStatusCode.Created);
        return coached;
    }

    public JsonObject Body(RecordKind kind) => Parse(kind.Path switch
    {
        "ciq-sessions" => $$"""
            {"teacherId":"{{Teacher}}","subject":"Math","grade":5,"startedAt":"2026-05-01T11:30:00.25+02:00","durationSeconds":2700,"studentCount":24,
             "ciqScore":71.25,"equityScore":64.5,"waitTimeSeconds":2.75,"studentEngagement":80,"teacherTalkRatio":0.6125,
             "openQuestions":12,"closedQuestions":30}
            """,
        "resource-usage" => $$"""
            {"teacherId":"{{Teacher}}","resourceId":"{{Resource}}","action":"rate","durationSeconds":90,"rating":4,"occurredAt":"2026-05-01T09:30:00.25Z"}
            """,
        "community-activity" => $$"""{"teacherId":"{{Teacher}}","kind":"reply","forum":"Mathematics","occurredAt":"2026-05-01T09:30:00.25Z"}""",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    /// <summary>The body with one field set to what a JSON text says, or taken out where that is null.</summary>
    public JsonObject Body(RecordKind kind, string field, string? json)
    {
        var body = Body(kind);
        body.Remove(field);
        if (json is not null)
        {
            body[field] = JsonNode.Parse(json);
        }

        return body;
    }

    private static JsonObject Parse(string json) => JsonSerializer.Deserialize<JsonObject>(json)!;
}
