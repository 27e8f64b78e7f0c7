using System.Net;
using System.Text.Json;
using Andi.Audit;
using Andi.IntegrationTests.Oltp.Audit;
using Andi.Security;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>The read side notes whose rows it answers, and administrators can search for it.</summary>
public sealed class AuditedAnswerTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>
{
    private const string Students = "/v1/classrooms/T1/students?testId=X1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Computed_kept_and_unchanged_answers_are_noted_with_the_same_ids()
    {
        await SetAsync("0/2000");
        using var caller = api.Client(Roles.Admin, null, "admin:computed");
        using var first = await caller.GetAsync(Students, Cancel);
        var body = await first.Content.ReadAsStringAsync(Cancel);
        first.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        using var kept = await caller.GetAsync(Students, Cancel);
        (await kept.Content.ReadAsStringAsync(Cancel)).ShouldBe(body);
        caller.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await caller.GetAsync(Students, Cancel);
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        unchanged.Headers.GetValues("Andi-Position").ShouldBe(["0/2000.0"]);
        using var aggregate = await caller.GetAsync("/v1/classrooms/T1/scores?testId=X1", Cancel);
        using var unknown = await caller.GetAsync("/v1/students/nobody/scores", Cancel);

        string[] ids = [.. JsonDocument.Parse(body).RootElement.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("studentId").GetString()!).Distinct()];
        ids.Length.ShouldBeGreaterThan(1);
        var entries = (await api.Oltp.EntriesOfAsync(ids)).Where(entry => entry.Caller == "admin:computed").ToList();
        entries.Count.ShouldBe(3);
        entries.ShouldAllBe(entry => entry.Subjects.Ids.SequenceEqual(ids) && entry.Count == ids.Length && entry.Verb == AuditVerbs.Read
            && entry.Resource == "students" && entry.Endpoint == "GET /v1/classrooms/{teacherId}/students" && entry.ReadPosition == "0/2000.0");
        (await ItemsAsync("?sub=admin:computed")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Log_is_searched_page_by_page_and_tells_no_names()
    {
        await SetAsync("0/2000");
        using var caller = api.Client(Roles.Admin, null, "admin:searched");
        foreach (var student in new[] { "P1", "P2", "P1" })
        {
            using var answer = await caller.GetAsync($"/v1/students/{student}/scores", Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await ItemsAsync("?sub=admin:searched&subject=P1")).Count.ShouldBe(2);
        (await ItemsAsync("?sub=admin:searched&resource=students&verb=read&from=2020-01-01T00:00:00Z&to=2090-01-01T00:00:00Z")).Count.ShouldBe(3);
        (await ItemsAsync("?sub=admin:searched&from=2090-01-01T00:00:00Z")).ShouldBeEmpty();
        (await ItemsAsync("?sub=admin:searched&verb=delete")).ShouldBeEmpty();

        var first = await api.GetAsync("/v1/audit-log?sub=admin:searched&limit=2");
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await api.GetAsync($"/v1/audit-log?sub=admin:searched&limit=2&cursor={cursor}");
        (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()).ShouldBe((2, 1));
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        var item = second.GetProperty("items")[0];
        (item.GetProperty("sub").GetString(), item.GetProperty("endpoint").GetString(), item.GetProperty("subjectIds")[0].GetString())
            .ShouldBe(("admin:searched", "GET /v1/students/{studentId}/scores", "P1"));
        first.GetRawText().ShouldNotContain("Pupil");

        // Who searched is noted, too.
        (await ItemsAsync("?sub=admin&resource=audit-log")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("?from=yesterday")]
    [InlineData("?limit=1001")]
    [InlineData("?cursor=x")]
    [InlineData("?student=P1")]
    public async Task What_is_wrong_is_told(string query)
    {
        using var answer = await api.Http.GetAsync($"/v1/audit-log{query}", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Log_is_for_administrators()
    {
        using var caller = api.Client(Roles.Service, null);
        using var answer = await caller.GetAsync("/v1/audit-log", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<IReadOnlyList<JsonElement>> ItemsAsync(string query) =>
        [.. (await api.GetAsync($"/v1/audit-log{query}")).GetProperty("items").EnumerateArray()];

    private async Task SetAsync(string lsn)
    {
        await using var command = api.Ingest.CreateCommand($"""
            INSERT INTO partitions AS p (topic, partition, fence, owner, taken_at, applied_offset, commit_lsn, inserts, source_time, applied_at)
            SELECT 'andi.public.' || name, 0, 1, 'a test', now(), 10, '{lsn}'::pg_lsn, 1, now(), now()
            FROM unnest(ARRAY['scores', 'teachers', 'tests', 'schools', 'districts', 'students']) AS name
            ON CONFLICT (topic, partition) DO UPDATE SET commit_lsn = excluded.commit_lsn
            """);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
