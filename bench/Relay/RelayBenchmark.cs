using Andi.Bench.Measuring;
using Andi.Bench.School;
using Andi.Bench.Setting;
using Andi.Topology;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Bench.Relay;

/// <summary>The change relay on a backlog, beside its two floors: reading the same WAL, producing the same events.</summary>
internal sealed class RelayBenchmark : IBenchmark
{
    private const int Changes = 1_000_000;
    private const string Publication = "andi";
    private const string ReaderSlot = "bench_reader";
    private const string ProducedTopic = "bench.public.scores";

    public string Name => "relay";

    public string Question =>
        "Changes of scores that wait in the replication slot, relayed from PostgreSQL to Kafka by `oltp-api`, beside a reader of the same slot that throws all "
        + "away, and a producer of the same events from memory.";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var topology = await setting.StartAsync(
            options => options with
            {
                // How far is confirmed is told five times in that time, which is how the end of a run is known.
                ServiceVariables = new Dictionary<string, string> { ["ChangeCapture__SenderTimeout"] = "00:00:02" },
            },
            cancellationToken);
        await topology.Processes.StopAsync(ResourceNames.Ingestor);
        await topology.Processes.StopAsync(ResourceNames.AnalyticsApi);
        await using var database = NpgsqlDataSource.Create(topology.Run.Postgres);
        var relay = new RelayProcess(topology, database);
        var changes = setting.Options.Sized(Changes);
        var system = SchoolSystem.For(database, changes);
        await system.CreateAsync(cancellationToken);
        await relay.ConfirmedAsync(await WrittenAsync(database, cancellationToken), cancellationToken);
        await relay.StopAsync();
        var backlog = await Backlog.WriteAsync(database, system, ["scores"], changes, cancellationToken);
        setting.Tell($"{backlog.Changes:N0} changes wait");

        var kafka = topology.Kafka();
        var events = new SentEvents(kafka, kafka.TopicOf(1, "public", "scores"));
        await events.CreateAsync(ProducedTopic, cancellationToken);
        var relays = new List<RelayTimes>();
        var read = new List<double>();
        var readByProgram = new List<double>();
        var produced = new List<double>();
        for (var run = 1; run <= setting.Options.Runs; run++)
        {
            var before = events.Ends();
            await backlog.CopySlotAsync(RelayProcess.Slot, cancellationToken);
            relays.Add(await relay.RelayAsync(backlog.End, cancellationToken));
            await relay.StopAsync();
            if (run == 1)
            {
                events.Capture(before);
            }

            if (events.Count != backlog.Changes)
            {
                throw new InvalidOperationException($"Of {backlog.Changes:N0} changes {events.Count:N0} came to Kafka.");
            }

            read.Add(backlog.Changes / await ReadAsync(topology.Run.Postgres, backlog, cancellationToken));
            if (SlotReaders.HasProgram)
            {
                await backlog.CopySlotAsync(ReaderSlot, cancellationToken);
                readByProgram.Add(backlog.Changes / await Stopwatches.SecondsAsync(
                    () => SlotReaders.ReadByProgramAsync(topology.Run.Postgres, ReaderSlot, Publication, backlog.End, cancellationToken)));
            }

            produced.Add(backlog.Changes / await Stopwatches.SecondsAsync(() => Task.Run(() => events.Produce(ProducedTopic), cancellationToken)));
            setting.Tell(
                $"run {run}: relay {backlog.Changes / relays[^1].Elapsed:N0} "
                + $"(processor seconds: relay {relays[^1].Relay:0.0}, sender {relays[^1].Sender:0.0}, Kafka {relays[^1].Broker:0.0}), "
                + $"reader {read[^1]:N0}, pg_recvlogical {readByProgram.LastOrDefault():N0}, producer {produced[^1]:N0} changes/s");
        }

        return Result(backlog, events, relays, read, readByProgram, produced);
    }

    private static PartResult Result(
        Backlog backlog, SentEvents events, List<RelayTimes> relays, List<double> read, List<double> readByProgram, List<double> produced)
    {
        var andi = new Figures("relay", "changes/s", [.. relays.Select(relay => backlog.Changes / relay.Elapsed)]);
        var reader = new Figures("bare reader, Npgsql", "changes/s", read);
        var producer = new Figures("bare producer, from memory", "changes/s", produced);
        var slower = new Figures("slower floor", "changes/s", [.. read.Zip(produced, Math.Min)]);
        List<Figures> measured =
        [
            andi,
            Processor("`oltp-api`", relay => relay.Relay),
            Processor("PostgreSQL's sender", relay => relay.Sender),
            Processor("Kafka", relay => relay.Broker),
            reader,
            producer,
        ];
        List<Goal> goals = [Goal.AtLeast(0.75, andi.Over(slower, "relay over the slower of reader (Npgsql) and producer"))];
        if (readByProgram.Count > 0)
        {
            var program = new Figures("bare reader, `pg_recvlogical`", "changes/s", readByProgram);
            measured.Add(program);
            var slowerProgram = new Figures("slower floor", "changes/s", [.. readByProgram.Zip(produced, Math.Min)]);
            goals.Add(Goal.AtLeast(0.75, andi.Over(slowerProgram, "relay over the slower of reader (`pg_recvlogical`) and producer")));
        }

        return new PartResult(
            measured,
            goals,
            [
                $"{backlog.Changes:N0} changes, 70% inserts, 30% updates, in transactions of 1,000; {events.Bytes / (double)events.Count:0} bytes an event, "
                + "key included. Every run reads the same WAL, from copies of one slot. The relay is the process `oltp-api`, started anew for each run: timed "
                + "from the moment when PostgreSQL gives it the slot to the moment when it has confirmed to PostgreSQL that Kafka acknowledged every event. It "
                + "confirms every 0.4 s. The start of the process does not count; compiling the code that runs first does.",
            ]);

        Figures Processor(string name, Func<RelayTimes, double> seconds) => new(
            $"relay: processor time of {name}", "µs a change", [.. relays.Select(relay => seconds(relay) / backlog.Changes * 1_000_000)]);
    }

    private static async Task<double> ReadAsync(string connectionString, Backlog backlog, CancellationToken cancellationToken)
    {
        await backlog.CopySlotAsync(ReaderSlot, cancellationToken);
        var changes = 0;
        var seconds = await Stopwatches.SecondsAsync(
            async () => changes = await SlotReaders.ReadAsync(connectionString, ReaderSlot, Publication, backlog.End, cancellationToken));
        return changes == backlog.Changes ? seconds : throw new InvalidOperationException($"Of {backlog.Changes:N0} changes {changes:N0} were read.");
    }

    private static async Task<NpgsqlLogSequenceNumber> WrittenAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT pg_current_wal_insert_lsn()");
        return (NpgsqlLogSequenceNumber)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
