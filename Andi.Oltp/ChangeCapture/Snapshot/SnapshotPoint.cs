using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;

namespace Andi.Oltp.ChangeCapture.Snapshot;

/// <summary>
/// A place in the WAL with the rows as they were there: what committed below <see cref="ConsistentLsn"/> is in the rows, all else in the stream.
/// </summary>
/// <param name="Name">Of the exported snapshot; it lives until the connection that exported it is used again, or closed.</param>
/// <param name="ConsistentLsn">Where the slot begins.</param>
internal sealed record SnapshotPoint(string Name, ulong ConsistentLsn)
{
    /// <summary>Where the rows stand: just before, because a transaction may commit exactly at the consistent point.</summary>
    public ulong SnapshotLsn => ConsistentLsn - 1;

    /// <summary>
    /// Makes a slot on a replication connection that is open and idle. Waits for every transaction that is under way in any database of the server,
    /// however long that takes: to give up and try again would only wait for more of them.
    /// </summary>
    public static async Task<SnapshotPoint> CreateAsync(
        LogicalReplicationConnection replication, string slot, bool isTemporary, ILogger logger, CancellationToken cancellationToken)
    {
        logger.SlotCreationStarted(slot);
        var created = new PgOutputReplicationSlot(await replication.CreateLogicalReplicationSlot(
            slot, "pgoutput", isTemporary, LogicalSlotSnapshotInitMode.Export, cancellationToken: cancellationToken));
        return new SnapshotPoint(created.SnapshotName!, (ulong)created.ConsistentPoint);
    }
}
