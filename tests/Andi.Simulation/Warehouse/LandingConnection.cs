using Andi.Ingestor.Landing;
using Andi.Ingestor.Ownership;
using Andi.Simulation.Ingestors;
using Andi.Simulation.Runs;
using Andi.Simulation.Scheduling;

namespace Andi.Simulation.Warehouse;

/// <summary>One ingestor's way to the warehouse.</summary>
internal sealed class LandingConnection(WarehouseModel warehouse, Network network, IngestorProcess process, FaultCounts faults) : ILandingStore, ILandingTables
{
    private LandingTable _known = warehouse.Shape;

    /// <summary>Looks at the landing table again.</summary>
    public bool Refresh()
    {
        if (_known == warehouse.Shape)
        {
            return false;
        }

        _known = warehouse.Shape;
        return true;
    }

    public LandingTable? Find(string sourceTable) => _known;

    public Task RevokeAsync(LandingTable table, int partition, long first, long last, CancellationToken cancellationToken) =>
        Send($"revoke p{partition} f{first}-{last}", () => warehouse.Revoke(partition, first, last));

    public Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken)
    {
        var block = NativeBlockReader.Read(rows);
        return Send($"insert f{block[0].Fence} {token}: {string.Join(", ", process.IsTraced ? block : [])}", () => warehouse.Insert(block, token));
    }

    public Task RetractAllAsync(
        LandingTable table, PartitionOwnership ownership, Truncation truncation, string token, CancellationToken cancellationToken)
    {
        faults.Count(Fault.PartitionTruncated);
        return Send(
            $"retract all f{ownership.Fence} {token}",
            () => warehouse.RetractAll(ownership.Partition, ownership.Fence, truncation.Change.Position, truncation.Offset, token));
    }

    private Task<bool> Send(string statement, Action effect)
    {
        process.ThrowIfGone();
        return network.Send($"i{process.Number} {statement}", process.Context, () =>
        {
            effect();
            return true;
        });
    }
}
