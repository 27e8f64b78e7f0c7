using Andi.ChangeEvents;
using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;
using Npgsql.Replication;

namespace Andi.Oltp.ChangeCapture.Snapshot;

/// <summary>
/// Begins a generation: makes its slot and sends every published row as it was at the very point where the slot begins, so that the stream that follows
/// misses nothing and repeats nothing.
/// </summary>
internal sealed class InitialSnapshot(
    int generation,
    GenerationStore generations,
    CapturedTableStore store,
    CaptureCatalog catalog,
    AnnouncedTopics announced,
    ChangeTopics topics,
    SnapshotRows rows,
    KafkaConnection kafka,
    ILogger logger)
{
    /// <summary>Takes the snapshot on a replication connection that is open and idle.</summary>
    public async Task TakeAsync(LogicalReplicationConnection replication, bool dropSlot, CancellationToken cancellationToken)
    {
        // Read before the slot is made: what is published later is not in this slot's stream from its beginning, and joins by itself.
        var tables = (await catalog.ReadPublicationAsync(cancellationToken)).Select(Check).ToList();
        await generations.BeginSnapshotAsync(generation, cancellationToken);
        var slot = generations.SlotOf(generation);
        if (dropSlot)
        {
            await replication.DropReplicationSlot(slot, wait: true, cancellationToken);
        }

        var point = await SnapshotPoint.CreateAsync(replication, slot, isTemporary: false, logger, cancellationToken);
        logger.SnapshotStarted(generation, Position.FormatLsn(point.SnapshotLsn));
        foreach (var table in tables)
        {
            await store.JoinAsync(generation, table, point.ConsistentLsn, cancellationToken);
        }

        await announced.AnnounceAsync(generation, [.. tables.Select(table => table.Topic)], topics, Position.None, cancellationToken);
        var sent = await rows.SendAsync(tables, point, startsOver: false, cancellationToken);
        await generations.CompleteSnapshotAsync(generation, point.SnapshotLsn, cancellationToken);
        logger.SnapshotCompleted(generation, sent);
    }

    private CaptureState Check(PublishedTable published)
    {
        if (published.Flaw is { } flaw)
        {
            throw new InvalidOperationException($"Table {published.Schema}.{published.Name} {flaw}");
        }

        var table = new CaptureState(published.Schema, published.Name, kafka.TopicOf(generation, published.Schema, published.Name));
        table.Join(published.Membership, published.Definition);
        return table;
    }
}
