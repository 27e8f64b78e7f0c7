using System.Net.Http.Headers;
using System.Text.Json;
using Andi.AnalyticsApi;
using Andi.ChangeEvents;
using Andi.Security;
using Andi.Topology;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Andi.IntegrationTests.Operations;

public sealed class ResyncTests(AndiUnderTest andi) : IClassFixture<AndiUnderTest>
{
    private const string Question = "v1/classrooms/T1/scores?testId=M1";
    private const string CoachingQuestion = "v1/districts/D1/ciq";
    private readonly string _keyFile = Path.Combine(Path.GetTempPath(), $"andi-{Guid.NewGuid():N}.key");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Long")]
    public async Task Readers_see_the_old_numbers_then_the_rebuilt_ones_while_writes_go_on()
    {
        await new SchoolChanges(andi, 3).CreateAsync();
        await andi.ExecuteAsync($$"""
            INSERT INTO scores
            SELECT 'R' || row_number() OVER (), student_id, 'T1', 'M1', {{SchoolChanges.SchoolYear("current_date")}}, current_date, 50, 2, '{}',
                'S1', 'D1', 'CA', '5'
            FROM students LIMIT 20
            """);
        await andi.ExecuteAsync("""
            INSERT INTO ciq_sessions (session_id, teacher_id, subject, grade, started_at, duration_seconds, student_count, ciq_score, equity_score,
                wait_time_seconds, student_engagement, teacher_talk_ratio, open_questions, closed_questions, school_id, district_id, state_id)
            SELECT 'L' || i, 'T' || (1 + i % 3), 'math', '5', date_trunc('month', now()) + i * interval '1 minute', 1800, 20, 50 + i, 60,
                3, 70, 0.5, 4, 5, 'S1', 'D1', 'CA'
            FROM generate_series(1, 12) AS i;
            UPDATE ciq_sessions SET ciq_score = 100 WHERE session_id = 'L12';
            INSERT INTO community_activity (activity_id, teacher_id, kind, forum, occurred_at, school_id, district_id, state_id)
            VALUES ('C1', 'T1', 'post', 'math', now(), 'S1', 'D1', 'CA');
            """);
        await andi.WaitUntilAppliedAsync();
        await andi.WarehouseAsync("INSERT INTO agg.classroom_scores SELECT * FROM agg.classroom_scores WHERE teacher_id = 'T1'");
        await andi.WarehouseAsync("INSERT INTO agg.monthly_district_trends SELECT * FROM agg.monthly_district_trends");
        await andi.WarehouseAsync("INSERT INTO agg.weekly_teacher_activity SELECT * FROM agg.weekly_teacher_activity");
        await using var api = Api();
        using var reader = Client(api);
        (await ReadAsync(reader)).Count.ShouldBe(40, "the aggregate was broken on purpose");
        (await ReadSessionsAsync(reader)).ShouldBe(24, "the month was broken on purpose");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = WriteAsync(stop.Token);
        var reading = ReadOnAsync(reader, ReadAsync, stop.Token);
        var readingSessions = ReadOnAsync(reader, ReadSessionsAsync, stop.Token);
        var resync = await andi.RunAsync("resync", "--wait-drop");
        await stop.CancelAsync();
        await writing;
        var answers = await reading;
        var sessions = await readingSessions;

        resync.Code.ShouldBe(0, resync.Output + resync.Error);
        resync.Output.ShouldContain("Readers see generation 2; it was 1.");
        answers.Count.ShouldBeGreaterThan(10);
        var counts = answers.ConvertAll(answer => answer.Count);
        counts.ShouldAllBe(count => count == 40 || count == 20);
        counts.ShouldBe(counts.OrderDescending().ToList(), "an old number came back");
        counts[^1].ShouldBe(20);
        sessions.ShouldAllBe(count => count == 24 || count == 12);
        sessions.ShouldBe(sessions.OrderDescending().ToList(), "an old month came back");
        sessions[^1].ShouldBe(12);
        var dashboard = (await JsonAsync(reader, CoachingQuestion)).GetProperty("dashboard");
        // 51 to 61, and 100.
        dashboard.GetProperty("avgCiqScore").GetDouble().ShouldBe((Enumerable.Range(51, 11).Sum() + 100) / 12.0, 1e-9);
        answers.ConvertAll(answer => answer.Position).ShouldBe([.. answers.ConvertAll(answer => answer.Position).Order()], "a position went back");
        (await andi.LedgerAsync<long>("SELECT count(*) FROM partitions WHERE generation = 1")).ShouldBe(0);
        (await andi.WarehouseAsync<long>("SELECT count() FROM facts.student_scores WHERE _generation = 1")).ShouldBe(0);
        (await andi.WarehouseAsync<long>("SELECT count() FROM staging.scores_changes WHERE _generation = 1")).ShouldBe(0);
        foreach (var table in (string[])
        [
            "facts.ciq_sessions", "agg.daily_teacher_performance", "agg.weekly_school_metrics", "agg.monthly_district_trends",
            "agg.weekly_teacher_activity",
        ])
        {
            (await andi.WarehouseAsync<long>($"SELECT count() FROM {table} WHERE _generation = 1")).ShouldBe(0, table);
            (await andi.WarehouseAsync<long>($"SELECT count() FROM {table} WHERE _generation = 2")).ShouldBeGreaterThan(0, table);
        }

        var check = await andi.RunAsync("check");
        check.Code.ShouldBe(0, check.Output + check.Error);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var changes = new SchoolChanges(andi, 4);
        while (!cancellationToken.IsCancellationRequested)
        {
            await changes.ChangeAsync(1, elsewhere: true);
            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task<List<T>> ReadOnAsync<T>(HttpClient reader, Func<HttpClient, Task<T>> read, CancellationToken cancellationToken)
    {
        var answers = new List<T>();
        while (!cancellationToken.IsCancellationRequested)
        {
            answers.Add(await read(reader));
            await Task.Delay(20, Cancellation);
        }

        return answers;
    }

    private static async Task<(int Count, Position Position)> ReadAsync(HttpClient reader)
    {
        using var response = await reader.GetAsync(Question, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, body);
        Position.TryParse(response.Headers.GetValues("Andi-Position").Single(), out var position).ShouldBeTrue();
        return (JsonDocument.Parse(body).RootElement.GetProperty("studentCount").GetInt32(), position);
    }

    private static async Task<int> ReadSessionsAsync(HttpClient reader) =>
        (await JsonAsync(reader, CoachingQuestion)).GetProperty("items").EnumerateArray().Single().GetProperty("sessionCount").GetInt32();

    private static async Task<JsonElement> JsonAsync(HttpClient reader, string question)
    {
        using var response = await reader.GetAsync(question, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    private HttpClient Client(WebApplicationFactory<AnalyticsApiMarker> api)
    {
        var client = api.CreateClient();
        var token = BearerToken.Create(SigningKey.Read(_keyFile), Roles.Admin, null, DateTimeOffset.UtcNow.AddHours(1));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private WebApplicationFactory<AnalyticsApiMarker> Api()
    {
        SigningKey.ReadOrCreate(_keyFile);
        return new WebApplicationFactory<AnalyticsApiMarker>().WithWebHostBuilder(host => host
            .UseSetting("ConnectionStrings:oltp", andi.ConnectionOf(ConnectionNames.Oltp))
            .UseSetting("ConnectionStrings:ingest", andi.ConnectionOf(ConnectionNames.Ingest))
            .UseSetting("ConnectionStrings:warehouse", andi.ConnectionOf(ConnectionNames.Warehouse))
            .UseSetting("Security:SigningKeyFile", _keyFile));
    }
}
