using System.Net;
using Andi.EndToEndTests.Assessments;
using Andi.Testing;

namespace Andi.EndToEndTests.Topology;

/// <summary>The dashboard's commands. They concern the whole topology, so no other test runs beside them.</summary>
[Collection(nameof(OperatorCommandTests))]
[CollectionDefinition(nameof(OperatorCommandTests), DisableParallelization = true)]
public sealed class OperatorCommandTests(TopologyFixture topology)
{
    [Fact]
    public async Task Seeded_students_are_checked_and_backed_up()
    {
        var backup = TestState.Empty("operator-backup");
        await topology.CommandAsync("oltp-api", "seed", ("students", "20"));

        (await topology.CommandAsync("analytics-api", "check")).ShouldContain("Everything holds");
        await topology.CommandAsync("oltp-api", "backup", ("folder", Path.Combine(backup, "monday")));
        await topology.CommandAsync("ingestor", "replay-dead-letters");

        File.Exists(Path.Combine(backup, "monday", "manifest.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task Paused_ingest_holds_readers_back_until_it_continues()
    {
        var world = await SchoolWorld.CreateAsync(topology);
        (await topology.CommandAsync("ingestor", "pause-ingest", ("minutes", "10"))).ShouldContain("paused");
        var classroom = $"classrooms/{world.Teachers[1]}/scores?schoolYear={SchoolWorld.Year}&testId={world.Math}";
        try
        {
            await world.PostScoreAsync(world.Score(student: 0, teacher: 1, score: 50));
            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/{classroom}");
            request.Headers.Add("Andi-At-Least", world.Position);

            using var held = await topology.Analytics.SendAsync(request, TestContext.Current.CancellationToken);

            held.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            (await topology.CommandAsync("ingestor", "continue-ingest")).ShouldContain("Ingest continues");
        }

        (await world.ReadAsync(classroom)).GetProperty("studentCount").GetInt32().ShouldBe(1);
    }
}
