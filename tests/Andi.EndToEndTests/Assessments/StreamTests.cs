using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Andi.ChangeEvents;
using Andi.EndToEndTests.Topology;

namespace Andi.EndToEndTests.Assessments;

/// <summary>What an open page hears of the scores that are written, and how soon.</summary>
public sealed class StreamTests(TopologyFixture topology)
{
    private const int Writes = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Page_hears_of_a_score_that_was_written_with_a_position_that_has_it()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var response = await topology.Analytics.GetAsync("v1/stream", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        response.EnsureSuccessStatusCode();
        await using var events = SseParser
            .Create(await response.Content.ReadAsStreamAsync(limit.Token), (_, data) => JsonSerializer.Deserialize<JsonElement>(data))
            .EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        (await events.MoveNextAsync()).ShouldBeTrue();
        var latencies = new List<double>();
        for (var write = 0; write < Writes; write++)
        {
            await world.PostScoreAsync(world.Score(write, write % 2, 50 + write));
            var watch = Stopwatch.StartNew();
            Position.TryParse(world.Position, out var written).ShouldBeTrue();
            await UntilToldAsync(events, written, world, write);
            latencies.Add(watch.Elapsed.TotalMilliseconds);
            var classroom = await topology.Analytics.GetStringAsync(
                $"v1/classrooms/{world.Teachers[write % 2]}/scores?schoolYear={SchoolWorld.Year}&testId={world.Math}", limit.Token);
            JsonDocument.Parse(classroom).RootElement.GetProperty("studentCount").GetInt32().ShouldBe((write / 2) + 1);
        }

        latencies.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"From the answer to the write to the event: p50 {latencies[Writes / 2]:0} ms, p95 {latencies[(Writes * 95 / 100) - 1]:0} ms, {Writes} writes.");
        latencies[Writes / 2].ShouldBeLessThan(Patience.TotalMilliseconds);
    }

    // What others flush at the moment of a commit is part of the position that the write is told: then the next write's event is the first that has reached it.
    private static async Task UntilToldAsync(IAsyncEnumerator<SseItem<JsonElement>> events, Position written, SchoolWorld world, int write)
    {
        for (var moved = Position.None; moved < written;)
        {
            var next = events.MoveNextAsync().AsTask();
            while (await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken)) != next)
            {
                await world.PutAsync($"students/{world.Students[^1]}", new { name = $"Student {write}", grade = 4, schoolId = world.Schools[1] });
            }

            (await next.WaitAsync(Patience)).ShouldBeTrue();
            var data = events.Current.Data;
            data.GetProperty("tables").GetArrayLength().ShouldBeGreaterThan(0);
            Position.TryParse(data.GetProperty("position").GetString(), out moved).ShouldBeTrue();
        }
    }
}
