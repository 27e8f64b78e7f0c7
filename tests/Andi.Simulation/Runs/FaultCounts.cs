namespace Andi.Simulation.Runs;

/// <summary>What may happen in a world, beside the ordinary course of things.</summary>
internal enum Fault
{
    RelayCrashed,
    EventSentAgain,
    EventSentByStalledRelay,
    DuplicateDropped,
    Rebalanced,
    PartitionAtTwoIngestors,
    IngestorCrashed,
    IngestorCrashedBetweenInsertAndApply,
    IngestorPaused,
    IngestorLeft,
    RequestLost,
    AnswerLost,
    RequestExecutedLate,
    TakeOverFailed,
    PendingBatchTakenOver,
    BatchHeld,
    BatchHeldByLimit,
    FencedOff,
    InsertBroken,
    InsertRefused,
    InsertDeduplicated,
    ViewsCompletedByRepeat,
    ZombieInsertRefused,
    ZombieInsertRefusedAfterItsTokenWasForgotten,
    DeadLetterKept,
    DeadLetterSentAgain,
    ReplayApplied,
    ReplayFailedAgain,
    ReplayOfSettledDropped,
    ShapeChanged,
    PartitionTruncated,
    MissingRowAddedByTruncation,
    DeadLetterSettledByTruncation,
}

internal sealed class FaultCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<Fault>().Length];

    public long this[Fault fault] => _counts[(int)fault];

    public void Count(Fault fault) => _counts[(int)fault]++;

    public void Add(FaultCounts other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }
    }
}
