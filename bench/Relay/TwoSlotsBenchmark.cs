using Andi.Bench.Measuring;
using Andi.Bench.School;
using Andi.Bench.Setting;
using Andi.Sql;
using Andi.Topology;
using Npgsql;

namespace Andi.Bench.Relay;

/// <summary>Whether two slots over disjoint tables, each with a server process of PostgreSQL that sends from it, get further than one over both.</summary>
internal sealed class TwoSlotsBenchmark : IBenchmark
{
    private const int Changes = 1_000_000;
    private const string LaneSlot = "bench_lane";

    private static readonly RelayLane Both = new(LaneSlot, "bench_both", 100);
    private static readonly RelayLane Neither = new(LaneSlot, "bench_neither", 103);
    private static readonly RelayLane[] Halves = [new(LaneSlot, "bench_first", 101), new(LaneSlot, "bench_second", 102)];

    public string Name => "relay-slots";

    public string Question =>
        "Changes of two tables, by turns, that wait in the WAL: read and relayed from one slot over both tables, "
        + "and from two slots over one table each, side by side.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var topology = await setting.StartAsync(options => options, cancellationToken);
        foreach (var service in new[] { ResourceNames.Ingestor, ResourceNames.AnalyticsApi, ResourceNames.OltpApi })
        {
            await topology.Processes.StopAsync(service);
        }

        await using var database = NpgsqlDataSource.Create(topology.Run.Postgres);
        var changes = setting.Options.Sized(Changes);
        var system = SchoolSystem.For(database, changes);
        await system.CreateAsync(cancellationToken);
        await using (var twin = database.CreateCommand(EmbeddedSql.Read("Relay/Sql/twin_of_scores.sql")))
        {
            await twin.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var lane in Halves.Append(Both))
        {
            await lane.PrepareAsync(database, cancellationToken);
        }

        var backlog = await Backlog.WriteAsync(database, system, ["scores", "twin_scores"], changes, cancellationToken);
        setting.Tell($"{backlog.Changes:N0} changes wait");
        var kafka = topology.Kafka();
        List<List<(double Elapsed, double Sender)>> times = [[], [], [], [], []];
        for (var run = 1; run <= setting.Options.Runs; run++)
        {
            times[0].Add(await TogetherAsync([Both], ReadAsync));
            times[1].Add(await TogetherAsync(Halves, ReadAsync));
            times[2].Add(await TogetherAsync([Both], RelayAsync));
            times[3].Add(await TogetherAsync(Halves, RelayAsync));
            times[4].Add(await TogetherAsync([Neither], ReadAsync));
            setting.Tell(
                $"run {run}: bare reader {Rate(times[0]):N0}, two {Rate(times[1]):N0}, relay {Rate(times[2]):N0}, two {Rate(times[3]):N0}, "
                + $"none of the changes {Rate(times[4]):N0} changes/s; "
                + $"processor seconds of the (busier) sender: {times[2][^1].Sender:0.0}, of two {times[3][^1].Sender:0.0}");
        }

        return Result(backlog, times);

        double Rate(List<(double Elapsed, double Sender)> runs) => backlog.Changes / runs[^1].Elapsed;

        async Task<(double Elapsed, double Sender)> ReadAsync(RelayLane lane) => (
            await Stopwatches.SecondsAsync(() => SlotReaders.ReadAsync(topology.Run.Postgres, lane.Slot, lane.Publication, backlog.End, cancellationToken)), 0);

        Task<(double Elapsed, double Sender)> RelayAsync(RelayLane lane) =>
            lane.RelayAsync(database, topology.Run.ConnectionStrings, kafka, backlog, cancellationToken);

        // The one that took longest, and the sender that worked most.
        async Task<(double Elapsed, double Sender)> TogetherAsync(RelayLane[] lanes, Func<RelayLane, Task<(double Elapsed, double Sender)>> work)
        {
            foreach (var lane in lanes)
            {
                await backlog.CopySlotAsync(lane.Slot, cancellationToken);
            }

            var done = await Task.WhenAll(lanes.Select(lane => Task.Run(() => work(lane), cancellationToken)));
            return (done.Max(lane => lane.Elapsed), done.Max(lane => lane.Sender));
        }
    }

    private static PartResult Result(Backlog backlog, List<List<(double Elapsed, double Sender)>> times)
    {
        var one = Rates("bare reader (Npgsql), one slot", times[0]);
        var two = Rates("bare readers, two slots", times[1]);
        var relay = Rates("relay, one slot", times[2]);
        var relays = Rates("relays, two slots", times[3]);
        var sender = Senders("processor time of the sender, one slot", times[2]);
        var senders = Senders("processor time of the busier sender, two slots", times[3]);
        return new PartResult(
            [
                one, two, two.Over(one, "bare readers: two slots over one"), relay, relays, relays.Over(relay, "relays: two slots over one"),
                Rates("bare reader of a slot over a table without changes: all is decoded, nothing sent", times[4]),
                sender, senders, sender.Over(senders, "what two senders could do over one, each with a core to itself"),
            ],
            [],
            [
                $"{backlog.Changes:N0} changes, half of `scores`, half of a table of the same shape, in transactions of 1,000 of one table each. The relays "
                + "are the product's classes in the benchmark's process, each with a connection, a producer, heartbeats and confirmations of its own; readers "
                + "and relays run beside the server processes that send, on the same cores.",
            ]);

        Figures Rates(string name, List<(double Elapsed, double Sender)> runs) =>
            new(name, "changes/s", [.. runs.Select(run => backlog.Changes / run.Elapsed)]);

        Figures Senders(string name, List<(double Elapsed, double Sender)> runs) =>
            new(name, "µs a change", [.. runs.Select(run => run.Sender / backlog.Changes * 1_000_000)]);
    }
}
