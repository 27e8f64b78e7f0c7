using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Andi.Security;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>A repeated question at the same rows is answered from memory; never once a row may have changed, and never to somebody else.</summary>
public sealed class AnswerCacheTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private const string Classroom = "/v1/classrooms/T1/scores?testId=X1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rename_and_a_correction_show_with_the_insert_that_brings_them_and_only_what_is_confirmed_moves_on()
    {
        await SetAsync(inserts: 1, lsn: "0/100");
        var before = await api.GetAsync(Classroom);
        before.GetProperty("studentCount").GetInt64().ShouldBe(4);

        // Landed, but not confirmed: whoever asks again gets what was told at this position.
        await api.World.ChangeAsync("teachers", World.Teacher("T1", "Ms. Ada", "C1"), World.Teacher("T1", "Ms. Ida", "C1"), Cancel);
        await api.World.ScoresAsync(Cancel, World.Score("P8", "T1", "C1", "D1", "X1", 100m, 4));
        (await api.GetAsync(Classroom)).GetRawText().ShouldBe(before.GetRawText());

        // A heartbeat: the position moves, no row does.
        await SetAsync(inserts: 1, lsn: "0/200");
        using (var beaten = await api.Http.GetAsync(Classroom, Cancel))
        {
            beaten.Headers.GetValues("Andi-Position").ShouldBe(["0/200.0"]);
            (await beaten.Content.ReadAsStringAsync(Cancel)).ShouldBe(before.GetRawText());
        }

        await SetAsync(inserts: 2, lsn: "0/300");
        var after = await api.GetAsync(Classroom);
        after.GetProperty("teacherName").GetString().ShouldBe("Ms. Ida");
        after.GetProperty("studentCount").GetInt64().ShouldBe(5);
        after.GetProperty("maxScore").GetDouble().ShouldBe(100);
    }

    [Fact]
    public async Task What_is_kept_is_given_to_nobody_who_may_not_ask()
    {
        await SetAsync(inserts: 10, lsn: "0/1000");
        await api.GetAsync(Classroom);

        using var anonymous = await api.Anonymous.GetAsync(Classroom, Cancel);
        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var request = new HttpRequestMessage(HttpMethod.Get, Classroom);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Token(Roles.Teacher, "T2"));
        using var teacher = await api.Anonymous.SendAsync(request, Cancel);
        teacher.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Each_caller_and_each_question_has_an_answer_of_its_own()
    {
        await SetAsync(inserts: 20, lsn: "0/2000");
        (await api.GetAsync(Classroom)).GetProperty("testId").GetString().ShouldBe("X1");
        (await api.GetAsync("/v1/classrooms/T1/scores?testId=X2")).GetProperty("testId").GetString().ShouldBe("X2");
        (await api.GetAsync("/v1/classrooms/T2/scores?testId=X1")).GetProperty("teacherId").GetString().ShouldBe("T2");

        // Rows that came unconfirmed tell a kept answer from one that is computed anew: another scope has none kept.
        await api.World.ScoresAsync(Cancel, World.Score("P9", "T2", "C1", "D1", "X1", 90m, 4));
        (await AskAsync(Roles.Admin, null)).GetProperty("studentCount").GetInt64().ShouldBe(1);
        (await AskAsync(Roles.SchoolAdmin, "C1")).GetProperty("studentCount").GetInt64().ShouldBe(2);
        (await AskAsync(Roles.DistrictAdmin, "D1")).GetProperty("studentCount").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Error_is_not_kept()
    {
        await SetAsync(inserts: 30, lsn: "0/3000");
        using var unknown = await api.Http.GetAsync("/v1/classrooms/T77/scores", Cancel);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await api.World.PutAsync("teachers", Cancel, World.Teacher("T77", "Mr. New", "C1"));
        (await api.GetAsync("/v1/classrooms/T77/scores")).GetProperty("teacherName").GetString().ShouldBe("Mr. New");
    }

    [Fact]
    public async Task Equal_questions_at_once_reach_the_warehouse_once()
    {
        await SetAsync(inserts: 40, lsn: "0/4000");
        await api.GetAsync("/v1/classrooms/T1/scores?testId=X2");
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Andi.Warehouse",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = span => statements.Enqueue(span.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        await SetAsync(inserts: 41, lsn: "0/4100");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.GetAsync(Classroom)));

        answers.Select(answer => answer.GetRawText()).Distinct().ShouldHaveSingleItem();
        statements.Count(name => name == "assessments/classroom_scores").ShouldBe(1);
    }

    private async Task<JsonElement> AskAsync(string role, string? scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/classrooms/T2/scores?testId=X1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Token(role, scope));
        using var response = await api.Anonymous.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
    }

    /// <summary>Every table's one partition, so far and with so many inserts confirmed.</summary>
    private async Task SetAsync(long inserts, string lsn)
    {
        await using var command = api.Ingest.CreateCommand("""
            INSERT INTO partitions AS p (topic, partition, fence, owner, taken_at, applied_offset, commit_lsn, inserts, source_time, applied_at)
            SELECT 'andi.public.' || name, 0, 1, 'a test', now(), 10, $1::pg_lsn, $2, now(), now()
            FROM unnest(ARRAY['scores', 'teachers', 'tests', 'schools', 'districts', 'students']) AS name
            ON CONFLICT (topic, partition) DO UPDATE SET commit_lsn = excluded.commit_lsn, inserts = excluded.inserts
            """);
        command.Parameters.Add(new() { Value = lsn });
        command.Parameters.Add(new() { Value = inserts });
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
