using Andi.ChangeEvents;
using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Events;
using Andi.Oltp.ChangeCapture.Kafka;
using Andi.Oltp.ChangeCapture.Snapshot;

namespace Andi.Oltp.ChangeCapture.Wal;

/// <summary>Makes events of a transaction's changes and queues them for Kafka, in order.</summary>
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

    public async ValueTask SendAsync(WalMessageKind kind, WalDecoder decoder, CancellationToken cancellationToken)
    {
        deliveries.ThrowIfFailed();
        if (kind == WalMessageKind.Truncate)
        {
            await SendTruncateAsync(decoder.Truncated, cancellationToken);
            return;
        }

        var table = decoder.Table!;

        // Taken whether or not the change is sent: an index depends on the WAL alone.
        var index = _transaction!.NextIndex();
        if (!await CountsAsync(table.Capture, cancellationToken))
        {
            return;
        }

        switch (kind)
        {
            case WalMessageKind.Insert:
                await QueueAsync(table, decoder.After, writer.WriteChange(table, 'c', default, decoder.After, SourceOf(table, index)), cancellationToken);
                break;
            case WalMessageKind.Delete:
                await QueueAsync(table, decoder.Before, writer.WriteChange(table, 'd', decoder.Before, default, SourceOf(table, index)), cancellationToken);
                break;
            case WalMessageKind.Update when decoder.Before.HasKeyOf(decoder.After, table):
                var update = writer.WriteChange(table, 'u', decoder.Before, decoder.After, SourceOf(table, index));
                await QueueAsync(table, decoder.Before, update, cancellationToken);
                break;
            case WalMessageKind.Update:
                // The new key may lead to another partition. So the row goes under its old key and comes under its new one: no partition then takes back
                // what it did not hold.
                await QueueAsync(table, decoder.Before, writer.WriteChange(table, 'd', decoder.Before, default, SourceOf(table, index)), cancellationToken);
                var movedIn = writer.WriteMovedIn(table, decoder.Before, decoder.After, SourceOf(table, index + 1));
                await QueueAsync(table, writer.WriteKey(table, decoder.After, decoder.Before), movedIn, cancellationToken);
                break;
        }
    }

    private async ValueTask SendTruncateAsync(IReadOnlyList<CapturedTable> tables, CancellationToken cancellationToken)
    {
        var delivery = _delivery!;
        foreach (var table in tables)
        {
            var index = _transaction!.NextIndex();
            if (await CountsAsync(table.Capture, cancellationToken))
            {
                var value = writer.WriteTruncate(SourceOf(table, index), table.SourceLabel);
                await topics.SendToAllPartitionsAsync(table.Topic, value, delivery.Add, delivery.OnDelivery, cancellationToken);
            }
        }
    }

    private async ValueTask<bool> CountsAsync(TableCapture table, CancellationToken cancellationToken)
    {
        if (table.IsJoining)
        {
            await joining.LetInAsync(table, cancellationToken);
        }

        return table.SinceLsn <= _transaction!.CommitLsn;
    }

    private ValueTask QueueAsync(CapturedTable table, in RowImage keyed, byte[] value, CancellationToken cancellationToken) =>
        QueueAsync(table, writer.WriteKey(table, keyed), value, cancellationToken);

    private ValueTask QueueAsync(CapturedTable table, byte[] key, byte[] value, CancellationToken cancellationToken)
    {
        _delivery!.Add();
        RelayMetrics.Changes.Add(1);
        return topics.SendAsync(table.Topic, key, value, _delivery.OnDelivery, cancellationToken);
    }

    private ChangeSource SourceOf(CapturedTable table, uint index) => new(
        new Position(_transaction!.CommitLsn, index),
        _transaction.Id,
        _transaction.CommittedAt.ToUnixTimeMilliseconds(),
        time.GetUtcNow().ToUnixTimeMilliseconds(),
        IsSnapshot: false,
        generation,
        _spans!.TraceParentFor(table));
}
