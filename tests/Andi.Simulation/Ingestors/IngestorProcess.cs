using System.Runtime.CompilerServices;
using Andi.Ingestor.Partitions;
using Andi.Simulation.DeadLetters;
using Andi.Simulation.Kafka;
using Andi.Simulation.Ledger;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Warehouse;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Andi.Simulation.Ingestors;

/// <summary>
/// One ingestor: the product's protocol, on this world's stores. What IngestLoop's thread does with Kafka's client, the schedule does here.
/// </summary>
internal sealed class IngestorProcess : Schedule.IWriter
{
    private readonly World _world;
    private readonly AssignedPartitions _assigned;
    private readonly LandingConnection _landing;

    public IngestorProcess(World world, int number)
    {
        _world = world;
        Number = number;
        Consumer = new Consumer(world.Log);
        _landing = new LandingConnection(world.Warehouse, this, world.Faults);
        var ledger = new LedgerConnection(world.Ledger, this);
        var options = Options.Create(world.Plan.Ingestor);
        var writer = new BatchWriter(_landing, ledger, new DeadLetterConnection(world.DeadLetters, this), options, world.Time);
        var factory = new PartitionFactory(WorldPlan.Kafka, ledger, _landing, writer, options, world.Time);
        _assigned = new AssignedPartitions(factory, ledger, options.Value, world.Time, new ProcessLog(world, number));
    }

    public int Number { get; }

    public ProcessContext Context { get; } = new();

    public Consumer Consumer { get; }

    /// <summary>It waits for the ledger's answer and does nothing else.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Stopped, as by SIGSTOP: what it has sent goes on.</summary>
    public bool IsPaused { get; set; }

    public bool IsGone { get; private set; }

    /// <summary>It is about to end: takes in nothing more, and finishes what it has.</summary>
    public bool IsDraining { get; set; }

    public bool IsRunnable => !IsGone && !IsPaused && !IsBlocked;

    public bool IsDrained => _assigned.IsDrained;

    public bool IsRecorded => _world.Schedule.IsRecorded;

    public void ThrowIfGone()
    {
        if (IsGone)
        {
            throw new SimulatedFault("The process is gone.");
        }
    }

    /// <summary>Sends a request to a store. It is executed, and answered, when the schedule says so.</summary>
    public Task<T> Send<T>([InterpolatedStringHandlerArgument("")] ref Schedule.Line request, Func<T> effect)
    {
        ThrowIfGone();
        return _world.Network.Send(Named(request.Text), Context, effect);
    }

    /// <summary>A call that the process waits for without doing anything else; the world goes on meanwhile.</summary>
    public T Block<T>([InterpolatedStringHandlerArgument("")] ref Schedule.Line request, Func<T> effect)
    {
        ThrowIfGone();
        IsBlocked = true;
        try
        {
            return _world.Blocking.Call(this, Named(request.Text), effect);
        }
        finally
        {
            IsBlocked = false;
        }
    }

    public void Assign(int partition) => Run(() => Consumer.Assign(partition, _assigned.Assign(Topic(partition))));

    public void Release(int partition) => Run(() =>
    {
        Consumer.Unassign(partition);
        _assigned.Release(Topic(partition));
    });

    public void Deliver(int partition) => Run(() =>
    {
        if (_assigned.Deliver(Consumer.Read(partition)))
        {
            Step();
        }
    });

    public void TakeStep() => Run(Step);

    public void RunWaiting(int index) => Run(() => Context.RunWaiting(index));

    public bool Refresh() => _landing.Refresh();

    public void Crash()
    {
        IsGone = true;
        Context.Close();
        _world.Network.AbandonAllOf(Context);
    }

    private string Named(string request) => IsRecorded ? $"i{Number} {request}" : "";

    private static TopicPartition Topic(int partition) => new(TopicLog.Topic, partition);

    private void Step() => _assigned.Step(Consumer, IsDraining, CancellationToken.None);

    private void Run(Action code) => Context.Run(code);
}
