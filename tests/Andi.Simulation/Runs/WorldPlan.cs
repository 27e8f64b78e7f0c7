using Andi.Ingestor.Partitions;
using Andi.Kafka;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Runs;

/// <summary>What kind of world a seed makes: how large it is, and which faults are how frequent there. Worlds differ, so that rare things meet.</summary>
internal sealed class WorldPlan
{
    public static readonly KafkaConnection Kafka = new("nowhere:9092", IsLegacyProtocol: false, TopicPrefix: "andi");

    public WorldPlan(Randomness random)
    {
        Partitions = random.Between(1, 3);
        Ingestors = random.Between(1, 3);
        KeysPerPartition = random.Between(1, 3);
        Transactions = random.Between(3, 16);
        FaultySteps = random.Between(150, 700);
        HasTruncates = random.OneIn(3);
        HasTooWideRows = random.OneIn(2);
        HasRefusedRows = random.OneIn(2);
        HasBrokenMessages = random.OneIn(3);
        FaultWeight = random.Below(4);
        CrashWeight = random.Below(4);
        RebalanceWeight = random.Below(4);
        PauseWeight = random.Below(4);
        LateWeight = random.Between(1, 4);
        Ingestor = new IngestorOptions
        {
            MaxBatchRows = random.Between(1, 6),
            MaxOpenRows = random.Between(1, 12),
            MaxBatchAge = TimeSpan.FromMilliseconds(random.Between(1, 100)),
        };
        Ingestor.MinInsertInterval = Ingestor.MaxBatchAge * 2;
    }

    public int Partitions { get; }

    public int Ingestors { get; }

    public int KeysPerPartition { get; }

    public int Transactions { get; }

    /// <summary>After so many steps faults end, and all must come to rest.</summary>
    public int FaultySteps { get; }

    public bool HasTruncates { get; }

    public bool HasTooWideRows { get; }

    /// <summary>Whether there are rows that the landing table's constraint refuses.</summary>
    public bool HasRefusedRows { get; }

    public bool HasBrokenMessages { get; }

    public int FaultWeight { get; }

    public int CrashWeight { get; }

    public int RebalanceWeight { get; }

    public int PauseWeight { get; }

    /// <summary>Small where abandoned requests arrive very late.</summary>
    public int LateWeight { get; }

    public IngestorOptions Ingestor { get; }

    /// <summary>As the ledger limits them.</summary>
    public int InsertsWhilePending { get; } = 3;

    /// <summary>
    /// Tokens that a table remembers, just enough: a pending batch must still be known after all that may be confirmed beside it, after one more batch of
    /// each other partition that was announced before the limit was reached, and after its own inserts.
    /// </summary>
    public int Window { get; private set; }

    /// <param name="truncates">Of the whole history. A batch has one insert, and two more for each truncation.</param>
    public void SizeWindow(int truncates) => Window = InsertsWhilePending - 1 + (Partitions * (1 + (2 * truncates)));

    public override string ToString() =>
        $"{Partitions} partitions, {Ingestors} ingestors, {Partitions * KeysPerPartition} keys, faults until step {FaultySteps}, "
        + $"batches of {Ingestor.MaxBatchRows} rows or {Ingestor.MaxBatchAge.TotalMilliseconds} ms, "
        + $"room for {Ingestor.MaxOpenRows}, {Window} tokens remembered";
}
