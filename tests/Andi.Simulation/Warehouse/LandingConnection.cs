using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Simulation.Ingestors;
using Andi.Simulation.Runs;

namespace Andi.Simulation.Warehouse;

/// <summary>One ingestor's way to the warehouse.</summary>
internal sealed class LandingConnection(WarehouseModel warehouse, IngestorProcess process, FaultCounts faults) : ILandingStore, ILandingTables
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

    public Task RevokeAsync(LandingTable table, PartitionOwnership ownership, CancellationToken cancellationToken) =>
        process.Send(
            $"revoke p{ownership.Partition} f{ownership.RevokedThrough + 1}-{ownership.Fence - 1}",
            () => warehouse.Revoke(ownership.Partition, ownership.RevokedThrough + 1, ownership.Fence - 1));

    public Task InsertAsync(LandingBatch rows, string token, CancellationToken cancellationToken)
    {
        var block = NativeBlockReader.Read(rows);
        return SendInsert(block, token);
    }

    /// <summary>One statement, but what it has read may change before it writes.</summary>
    public async Task RetractAllAsync(
        LandingTable table, PartitionOwnership ownership, Truncation truncation, string token, CancellationToken cancellationToken)
    {
        faults.Count(Fault.PartitionTruncated);
        var rows = await process.Send(
            $"select retractions f{ownership.Fence} {token}",
            () => warehouse.SelectRetractions(ownership.Partition, ownership.Fence, truncation.Change.Source.Position, truncation.Offset));
        if (Array.Exists(rows, row => row.Sign == 1))
        {
            faults.Count(Fault.MissingRowAddedByTruncation);
        }

        await SendInsert(rows, token);
    }

    private async Task SendInsert(LandedRow[] rows, string token)
    {
        if (await process.Send($"insert {token}: {string.Join(", ", rows)}", () => warehouse.Insert(rows, token)) is { Count: > 0 } refused)
        {
            throw new RefusedRowsException(refused.ToDictionary(offset => offset, _ => "The row violates a constraint."));
        }
    }
}
