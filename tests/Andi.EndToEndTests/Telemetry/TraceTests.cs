using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Andi.EndToEndTests.Assessments;
using Andi.EndToEndTests.Topology;

namespace Andi.EndToEndTests.Telemetry;

/// <summary>What a person sees in the dashboard.</summary>
public sealed class TraceTests(TopologyFixture topology)
{
    private const int Writes = 6;
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_written_score_is_one_trace_from_the_request_to_the_warehouse()
    {
        var dashboard = topology.Dashboard;

        var spans = await WriteScoreAsync(dashboard);

        var request = spans.Single(span => span is { Service: "oltp-api", Kind: 2, Name: "POST /v1/scores" });
        request["http.response.status_code"].ShouldBe("201");
        var insert = spans.Single(span => span.Name == "INSERT scores");
        (insert.Service, insert.Kind, insert.Parent, insert["db.system.name"]).ShouldBe(("oltp-api", 3, request.Id, "postgresql"));
        var send = spans.Single(span => span is { Kind: 4, Name: "send andi.public.scores" });
        (send.Service, send.Parent, send["messaging.batch.message_count"]).ShouldBe(("oltp-api", request.Id, "1"));
        var process = spans.Single(span => span is { Kind: 5, Name: "process andi.public.scores" });
        (process.Service, process.Parent).ShouldBe(("ingestor", send.Id));
        var landing = spans.Single(span => span.Name == "INSERT staging.scores_changes");
        (landing.Service, landing.Kind, landing.Parent, landing["db.system.name"]).ShouldBe(("ingestor", 3, process.Id, "clickhouse"));
        spans.ShouldAllBe(span => !span.IsError);
    }

    [Fact]
    public async Task What_the_services_do_by_themselves_does_not_bury_requests()
    {
        var dashboard = topology.Dashboard;
        await WriteScoreAsync(dashboard);

        var spans = await DashboardSpans.ReadAsync(dashboard, "spans?limit=100000", Cancellation);

        spans.Count.ShouldBeGreaterThan(0);
        spans.Where(span => span is { Kind: 3, Parent: null or "", IsError: false }).Select(span => $"{span.Service}: {span.Name}").ShouldBeEmpty();
        spans.Where(span => span["url.path"] is "/health" or "/alive" || span["db.query.text"] == "SELECT 1").ShouldBeEmpty();
    }

    /// <summary>
    /// Writes a score under a trace of its own and waits until that has reached the warehouse, and the dashboard. A batch that holds several writes
    /// belongs to the trace of the first; where another test's write came just before, another score is written.
    /// </summary>
    private async Task<IReadOnlyList<DashboardSpan>> WriteScoreAsync(HttpClient dashboard)
    {
        var world = await SchoolWorld.CreateAsync(topology);
        for (var student = 0; ; student++)
        {
            var spans = await WriteScoreAsync(dashboard, world, student);
            if (IsWhole(spans) || student == Writes - 1)
            {
                return spans;
            }
        }
    }

    private static bool IsWhole(IReadOnlyList<DashboardSpan> spans) =>
        spans.Any(span => span.Kind == 2) && spans.Any(span => span.Kind == 4) && spans.Any(span => span.Kind == 5);

    private async Task<IReadOnlyList<DashboardSpan>> WriteScoreAsync(HttpClient dashboard, SchoolWorld world, int student)
    {
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/scores") { Content = JsonContent.Create(world.Score(student, teacher: 0, score: 50)) };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using var response = await topology.Oltp.SendAsync(request, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);

        var waited = Stopwatch.StartNew();
        IReadOnlyList<DashboardSpan> spans;
        do
        {
            await Task.Delay(LookEvery, Cancellation);
            spans = await DashboardSpans.ReadAsync(dashboard, $"traces/{trace}", Cancellation);
        }
        while (waited.Elapsed < ShownWithin && !IsWhole(spans));

        return spans;
    }
}
