using Andi.ChangeEvents;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Snapshot;
using Andi.Oltp.ChangeCapture.Source;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>Writes a transaction's changes as events and queues them for Kafka, in order.</summary>
internal sealed class ChangeSender(
    ChangeEventWriter writer, ChangeTopics topics, DeliveryTracker deliveries, JoiningTables joining, TimeProvider time, int generation)
{
    private WalTransaction? _transaction;
    private DeliveryTracker.PendingDelivery? _delivery;
    private TransactionSpans? _spans;

    public void Begin(WalTransaction transaction)
    {
        _transaction = transaction;
        _delivery = deliveries.Begin();
        _spans = new TransactionSpans(transaction);
    }

    public void End(ulong endLsn)
    {
        _spans!.End();
        _delivery!.Close(endLsn);
    }

    /// <summary>Queues the events of an insert, update or delete; of none, where the table's changes do not count.</summary>
    public ValueTask SendAsync(in WalMessage change, CancellationToken cancellationToken)
    {
        deliveries.ThrowIfFailed();
        var table = change.Table!;

        // Taken whether or not the change is sent: an index depends on the WAL alone.
        var index = _transaction!.NextIndex();
        return table.Capture.IsJoining
            ? SendOnceJoinedAsync(change.Kind, table, change.Before, change.After, index, cancellationToken)
            : SendAsync(change.Kind, table, change.Before, change.After, index, cancellationToken);
    }

    /// <summary>Passes over a change that cannot be sent; whether it counts.</summary>
    public bool PassOver(RelationShape table)
    {
        _transaction!.NextIndex();
        return Counts(table);
    }

    /// <summary>Queues the truncation of tables for every partition of theirs.</summary>
    public async ValueTask SendTruncateAsync(IReadOnlyList<RelationShape> tables, CancellationToken cancellationToken)
    {
        deliveries.ThrowIfFailed();
        var delivery = _delivery!;
        foreach (var table in tables)
        {
            var index = _transaction!.NextIndex();
            if (table.Capture.IsJoining)
            {
                await joining.LetInAsync(table.Capture, cancellationToken);
            }

            if (Counts(table))
            {
                var value = writer.WriteTruncate(SourceOf(table, index), table.SourceLabel);
                await topics.SendToAllPartitionsAsync(table.Topic, value, delivery.Add, cancellationToken);
            }
        }
    }

    private async ValueTask SendOnceJoinedAsync(
        WalMessageKind kind, RelationShape table, RowImage before, RowImage after, uint index, CancellationToken cancellationToken)
    {
        await joining.LetInAsync(table.Capture, cancellationToken);
        await SendAsync(kind, table, before, after, index, cancellationToken);
    }

    private ValueTask SendAsync(
        WalMessageKind kind, RelationShape table, in RowImage before, in RowImage after, uint index, CancellationToken cancellationToken)
    {
        if (!Counts(table))
        {
            return ValueTask.CompletedTask;
        }

        if (kind == WalMessageKind.Update && !before.HasKeyOf(after, table))
        {
            return SendMoveAsync(table, before, after, index, cancellationToken);
        }

        var source = SourceOf(table, index);
        var value = kind switch
        {
            WalMessageKind.Insert => writer.WriteChange(table, 'c', default, after, source),
            WalMessageKind.Delete => writer.WriteChange(table, 'd', before, default, source),
            _ => writer.WriteChange(table, 'u', before, after, source),
        };
        return QueueAsync(table, writer.WriteKey(table, kind == WalMessageKind.Insert ? after : before), value, cancellationToken);
    }

    // The new key may lead to another partition. So the row is deleted under its old key and created under its new one: no partition then takes back what it
    // did not hold.
    private async ValueTask SendMoveAsync(RelationShape table, RowImage before, RowImage after, uint index, CancellationToken cancellationToken)
    {
        var deleted = writer.WriteChange(table, 'd', before, default, SourceOf(table, index));
        await QueueAsync(table, writer.WriteKey(table, before), deleted, cancellationToken);
        var created = writer.WriteMovedIn(table, before, after, SourceOf(table, index + 1));
        await QueueAsync(table, writer.WriteKey(table, after, before), created, cancellationToken);
    }

    private bool Counts(RelationShape table) => table.Capture.SinceLsn <= _transaction!.CommitLsn;

    private ValueTask QueueAsync(RelationShape table, byte[] key, byte[] value, CancellationToken cancellationToken)
    {
        RelayMetrics.Changes.Add(1);
        return topics.SendAsync(table.Topic, key, value, _delivery!.Add(), cancellationToken);
    }

    private ChangeSource SourceOf(RelationShape table, uint index) => new(
        new Position(_transaction!.CommitLsn, index),
        _transaction.Id,
        _transaction.CommittedAt.ToUnixTimeMilliseconds(),
        time.GetUtcNow().ToUnixTimeMilliseconds(),
        IsSnapshot: false,
        generation,
        _spans!.TraceParentFor(table));
}
