using Andi.ChangeEvents;
using Andi.Ingestor.Ledger;

namespace Andi.Simulation.Ledger;

/// <summary>A row of the ledger's table <c>partitions</c>, with its dead letters.</summary>
internal sealed class PartitionRecord
{
    public long Fence { get; set; }

    public PartitionProgress Applied { get; set; } = new(-1, Position.None, 0, false);

    public PendingBatch? Pending { get; set; }

    public long Inserts { get; set; }

    public long PendingSince { get; set; }

    public long RevokedThrough { get; set; }

    /// <summary>Offset of a dead letter → whether it has been replayed.</summary>
    public SortedDictionary<long, bool> DeadLetters { get; } = [];
}
