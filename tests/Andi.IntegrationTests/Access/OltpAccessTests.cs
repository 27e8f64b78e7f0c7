using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Andi.IntegrationTests.Oltp;
using Andi.Security;

namespace Andi.IntegrationTests.Access;

/// <summary>The write API does what docs/access.md says: every call as every role, about something of its own, of others and of nobody.</summary>
[Collection(OltpCollection.Name)]
public sealed class OltpAccessTests(OltpFixture oltp)
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, AccessCell>> Table = AccessTable.Read("Andi.Oltp");

    private static readonly (string Table, string Key)[] Keys =
    [
        ("districts", "district_id"), ("schools", "school_id"), ("teachers", "teacher_id"), ("students", "student_id"), ("classes", "class_id"),
        ("tests", "test_id"), ("resources", "resource_id"), ("scores", "score_id"), ("ciq_sessions", "session_id"), ("resource_usage", "usage_id"),
        ("community_activity", "activity_id"),
    ];

    private readonly string _id = OltpFixture.Unique("am");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_call_has_a_row() => Table.Keys.Order().ShouldBe(AccessTable.Calls("oltp").Order());

    [Theory]
    [InlineData(Roles.Teacher, "T")]
    [InlineData(Roles.SchoolAdmin, "S")]
    [InlineData(Roles.DistrictAdmin, "D")]
    [InlineData(Roles.StateAdmin, "X")]
    [InlineData(Roles.Analyst, null)]
    [InlineData(Roles.Service, null)]
    public async Task Every_call_is_answered_as_the_table_says(string role, string? scope)
    {
        foreach (var world in (string[])["1", "2"])
        {
            await CreateAsync(world);
        }

        using var caller = oltp.Client(oltp.Token(role, scope is null ? null : $"{_id}-{scope}1"));
        var before = await OthersAsync();
        foreach (var (call, cells) in Table.OrderBy(row => Array.IndexOf(["GET", "POST", "PUT", "DELETE"], row.Key.Split(' ')[0])))
        {
            var (cell, method) = (cells[role], call.Split(' ')[0]);
            var (own, others) = (await SendAsync(caller, call, "1"), await SendAsync(caller, call, "2"));
            var what = $"{role} {call}: own {own}, others {others}";
            if (cell.IsForbidden)
            {
                (own, others).ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), what);
                continue;
            }

            IsAllowed(own).ShouldBe(cell.Own, what);
            if (IsAboutOne(call))
            {
                (cell.Others ? IsAllowed(others) : IsDone(others)).ShouldBe(cell.Others, what);
                if (!cell.Others && method is "GET" or "DELETE")
                {
                    (others, await SendAsync(caller, call, "nobody")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound), what);
                }
            }
        }

        if (role != Roles.Service)
        {
            (await OthersAsync()).ShouldBe(before, "nothing of others has changed");
        }
    }

    // Lists are of nobody; and what chooses rows chooses none where the ids are those of others, as with ids of nobody.
    private static bool IsAboutOne(string call) =>
        call.Contains('{', StringComparison.Ordinal) || (call.StartsWith("POST", StringComparison.Ordinal) && !call.Contains(':', StringComparison.Ordinal));

    private static bool IsDone(HttpStatusCode status) => status is HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent;

    // Of the own, that is: it is there already, or referred to; or the call is allowed and wants another body.
    private static bool IsAllowed(HttpStatusCode status) => IsDone(status) || status is HttpStatusCode.Conflict or HttpStatusCode.UnsupportedMediaType;

    private async Task CreateAsync(string world)
    {
        foreach (var things in (string[])["districts", "schools", "teachers", "students", "tests", "resources"])
        {
            (await oltp.Http.PutAsJsonAsync($"/v1/{things}/{Id(things, world)}", Body(things, world), Cancel)).EnsureSuccessStatusCode();
        }

        var classes = JsonSerializer.SerializeToNode(Body("classes", world))!;
        classes["enrollments"] = JsonSerializer.SerializeToNode(new[] { new { studentId = Id("students", world), from = "2025-09-01" } });
        (await oltp.Http.PutAsJsonAsync($"/v1/classes/{Id("classes", world)}", classes, Cancel)).EnsureSuccessStatusCode();
        foreach (var (things, key) in ((string, string)[])
            [("scores", "scoreId"), ("ciq-sessions", "sessionId"), ("resource-usage", "usageId"), ("community-activity", "activityId")])
        {
            var record = JsonSerializer.SerializeToNode(Body(things, world))!;
            record[key] = Id(things, world);
            (await oltp.Http.PostAsJsonAsync($"/v1/{things}", record, Cancel)).EnsureSuccessStatusCode();
        }
    }

    /// <summary>All rows of world 2, as text.</summary>
    private async Task<string> OthersAsync()
    {
        var rows = new List<string>();
        foreach (var (table, key) in Keys)
        {
            rows.Add(await oltp.ScalarAsync<string>(
                $"SELECT coalesce(string_agg(t::text, '' ORDER BY {key}), '') FROM {table} AS t WHERE starts_with({key}, '{_id}') AND {key} LIKE '%2'"));
        }

        return string.Join('\n', rows);
    }

    private async Task<HttpStatusCode> SendAsync(HttpClient caller, string call, string world)
    {
        var (method, template) = (call.Split(' ')[0], call.Split(' ')[1]);
        var things = template.Split('/')[2].Split(':')[0];
        var path = template.Replace("{entity}", "scores?mode=upsert", StringComparison.Ordinal)
            .Replace("{id}", Id(things, world), StringComparison.Ordinal).Replace("{scoreId}", Id(things, world), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "PUT" or "POST")
        {
            request.Content = template switch
            {
                "/v1/imports/{entity}" => Csv(world),
                "/v1/imports/oneroster" => new StringContent(""),
                "/v1/scores:recompute-places" => JsonContent.Create(new { take = new[] { "grade" }, scoreIds = new[] { Id("scores", world) } }),
                _ when template.EndsWith("/batch", StringComparison.Ordinal) => JsonContent.Create(new[] { Body(things, world) }),
                _ => JsonContent.Create(Body(things, world)),
            };
        }

        using var answer = await caller.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private string Id(string things, string world) => things switch
    {
        "districts" => $"{_id}-D{world}",
        "schools" => $"{_id}-S{world}",
        "teachers" => $"{_id}-T{world}",
        "students" => $"{_id}-P{world}",
        _ => $"{_id}-{things}{world}",
    };

    private object Body(string things, string world)
    {
        var (district, school, teacher, student) = (Id("districts", world), Id("schools", world), Id("teachers", world), Id("students", world));
        return things switch
        {
            "districts" => new { name = "D", stateId = $"{_id}-X{world}" },
            "schools" => new { name = "S", districtId = district },
            "teachers" => new { name = "T", schoolId = school },
            "students" => new { name = "P", grade = "5", schoolId = school },
            "classes" => new { name = "K", schoolId = school, teacherId = teacher, schoolYear = "2025" },
            "tests" => new { name = "M", subject = "Mathematics" },
            "scores" => new
            {
                studentId = student,
                teacherId = teacher,
                testId = Id("tests", "1"),
                schoolYear = "2025",
                testDate = "2026-01-10",
                overallScore = 50,
            },
            "resources" => new { title = "R", kind = "video", subject = "Mathematics", gradeBand = "3-5" },
            "resource-usage" => new { teacherId = teacher, resourceId = Id("resources", "1"), action = "view", occurredAt = "2026-01-10T10:00:00Z" },
            "community-activity" => new { teacherId = teacher, kind = "post", forum = "math", occurredAt = "2026-01-10T10:00:00Z" },
            "ciq-sessions" => new
            {
                teacherId = teacher,
                subject = "Mathematics",
                grade = "5",
                startedAt = "2026-01-10T10:00:00Z",
                durationSeconds = 60,
                studentCount = 20,
                ciqScore = 50,
                equityScore = 50,
                waitTimeSeconds = 2,
                studentEngagement = 50,
                teacherTalkRatio = 0.5,
                openQuestions = 1,
                closedQuestions = 1,
            },
            _ => throw new InvalidOperationException($"{things} needs a body here."),
        };
    }

    private StringContent Csv(string world)
    {
        var row = $"{Id("scores", world)},{Id("students", world)},{Id("teachers", world)},{Id("tests", "1")},2025,2026-01-10,51";
        return new StringContent(
            $"score_id,student_id,teacher_id,test_id,school_year,test_date,overall_score\n{row}\n",
            new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv"));
    }
}
