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
        return SendInsert(block[0].Fence, block, token);
    }

    /// <summary>One statement, but what it has read may change before it writes.</summary>
    public async Task RetractAllAsync(
        LandingTable table, PartitionOwnership ownership, Truncation truncation, string token, CancellationToken cancellationToken)
    {
        faults.Count(Fault.PartitionTruncated);
        var rows = await Send(
            $"select retractions f{ownership.Fence} {token}",
            () => warehouse.SelectRetractions(ownership.Partition, ownership.Fence, truncation.Change.Position, truncation.Offset));
        if (Array.Exists(rows, row => row.Sign == 1))
        {
            faults.Count(Fault.MissingRowAddedByTruncation);
        }

        await SendInsert(ownership.Fence, rows, token);
    }

    private Task<bool> SendInsert(long fence, LandedRow[] rows, string token) =>
        Send($"insert f{fence} {token}: {string.Join(", ", process.IsTraced ? rows : [])}", () => warehouse.Insert(rows, token));

    private Task<bool> Send(string statement, Action effect) => Send(statement, () =>
    {
        effect();
        return true;
    });

    private Task<T> Send<T>(string statement, Func<T> effect)
    {
        process.ThrowIfGone();
        return network.Send($"i{process.Number} {statement}", process.Context, effect);
    }
}
