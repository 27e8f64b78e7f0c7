using Andi.Simulation.Checks;
using Andi.Simulation.DeadLetters;
using Andi.Simulation.Ingestors;
using Andi.Simulation.Kafka;
using Andi.Simulation.Ledger;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Source;
using Andi.Simulation.Warehouse;

namespace Andi.Simulation.Runs;

/// <summary>
/// A source, a relay, Kafka, several ingestors, ledger and warehouse, and one schedule for all of them, made of one seed. It runs faulty for a while, then
/// without faults to rest; then all must be exactly right.
/// </summary>
internal sealed class World
{
    /// <summary>So many steps without a fault bring any world to rest, or it never comes there.</summary>
    private const int MaxQuietSteps = 50_000;

    private const int QuietStepsPerHeartbeat = 100;

    private readonly WorldSteps _steps;
    private readonly ReaderCheck _reader;
    private SimulationFailure? _failure;

    public World(ulong seed, WorldParts parts, bool isRecorded)
    {
        Random = new Randomness(seed);
        Schedule = new Schedule(isRecorded);
        Plan = new WorldPlan(Random);
        History = new SourceHistory(Plan, Random);
        Plan.SizeWindow(truncates: History.Messages.Count(message => message is { Operation: 't', Partition: 0 }));
        Schedule.Note($"{Plan}, {History.Messages.Count} messages");
        Network = new Network(Random, Schedule, Faults);
        Log = new TopicLog(Plan.Partitions);
        Relay = new Relay(History, Log, Random, Schedule, Faults);
        Ledger = parts.Ledger(Plan, Faults);
        Warehouse = parts.Warehouse(Plan, Random, Faults);
        DeadLetters = new DeadLetterModel(Faults);
        Blocking = new BlockingCalls(this);
        Ingestors = new IngestorGroup(this);
        Operator = new Operator(this);
        _steps = new WorldSteps(this);
        _reader = new ReaderCheck(this);
    }

    public Randomness Random { get; }

    public Schedule Schedule { get; }

    public WorldPlan Plan { get; }

    public FaultCounts Faults { get; } = new();

    public SimulatedTime Time { get; } = new();

    public Network Network { get; }

    public SourceHistory History { get; }

    public TopicLog Log { get; }

    public Relay Relay { get; }

    public LedgerModel Ledger { get; }

    public WarehouseModel Warehouse { get; }

    public DeadLetterModel DeadLetters { get; }

    public BlockingCalls Blocking { get; }

    public IngestorGroup Ingestors { get; }

    public Operator Operator { get; }

    public bool IsFaulty { get; private set; } = true;

    /// <summary>Throws <see cref="SimulationFailure"/> where something was not exactly right.</summary>
    public void Run()
    {
        while (Schedule.Step < Plan.FaultySteps)
        {
            TakeStep();
        }

        ComeToRest();
        FinalCheck.Run(this);
    }

    public void TakeStep()
    {
        Schedule.Step++;
        _steps.Take();
        if (Random.OneIn(16))
        {
            _reader.Look();
        }

        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <summary>Noted by code whose exceptions the product would catch.</summary>
    public void HasFailed(SimulationFailure failure) => _failure ??= failure;

    private void ComeToRest()
    {
        Schedule.Note($"no more faults");
        IsFaulty = false;
        Ledger.IsHeld = false;
        Warehouse.IsReliable = true;
        Operator.ChangeShape();
        Ingestors.Settle();
        var last = Schedule.Step + MaxQuietSteps;
        while (!IsAtRest())
        {
            if (Schedule.Step > last)
            {
                throw new SimulationFailure($"The world does not come to rest: {Describe()}");
            }

            if (Relay.IsDone && Random.OneIn(QuietStepsPerHeartbeat))
            {
                // Heartbeats never end. Progress whose note was lost is noted with the next.
                History.Heartbeat();
            }

            TakeStep();
        }
    }

    private bool IsAtRest() =>
        Relay.IsDone && Network.IsIdle && Enumerable.Range(0, Plan.Partitions).All(IsApplied) && !Operator.ReplayOutstanding();

    private bool IsApplied(int partition) =>
        Log[partition].Count == 0
        || (Ledger[partition] is { Pending: null } record && record.Applied.Offset == Log[partition].Count - 1);

    private string Describe() => string.Join("; ", Enumerable.Range(0, Plan.Partitions).Select(partition =>
        $"partition {partition} has {Log[partition].Count} messages, applied {Ledger[partition]?.Applied.Offset}, pending {Ledger[partition]?.Pending}"));
}
