using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Events;
using Andi.Oltp.ChangeCapture.Kafka;
using Andi.Positions;
using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace Andi.Oltp.ChangeCapture.Wal;

/// <summary>
/// The way of a change from the WAL to Kafka: read, decode, write as an event, send; and back: confirm to PostgreSQL what Kafka has acknowledged, never
/// more. After a crash PostgreSQL sends again from what was confirmed, with the same positions.
/// </summary>
internal sealed class WalStream(
    LogicalReplicationConnection connection,
    WalDecoder decoder,
    ChangeEventWriter writer,
    ChangeTopics topics,
    Heartbeats heartbeats,
    TimeProvider time,
    int generation)
{
    private readonly DeliveryTracker _deliveries = new();
    private DeliveryTracker.PendingDelivery? _delivery;
    private TransactionSpans? _spans;
    private byte[] _message = new byte[64 * 1024];

    private ulong _relayedLsn;

    /// <summary>Raised once PostgreSQL has given the slot to this stream and the first message has been relayed.</summary>
    public event Action? Started;

    /// <summary>The last LSN that has been relayed; for pulses, which look for WAL beyond it.</summary>
    public ulong RelayedLsn => Volatile.Read(ref _relayedLsn);

    /// <summary>Relays until cancelled or until the connection, PostgreSQL or Kafka fails, which throws.</summary>
    public async Task RunAsync(ChangeCaptureOptions options, CancellationToken cancellationToken)
    {
        var pgoutput = new Dictionary<string, string?>
        {
            ["proto_version"] = "1",
            ["publication_names"] = options.Publication,
            ["messages"] = "true",
        };
        var wal = connection.StartLogicalReplication(new PgOutputReplicationSlot(options.Slot), cancellationToken, walLocation: null, pgoutput);
        await using var messages = wal.GetAsyncEnumerator(cancellationToken);
        var isStarted = false;
        while (await NextAsync(messages, options.HeartbeatInterval, cancellationToken))
        {
            var length = await ReadAsync(messages.Current.Data, cancellationToken);
            await RelayAsync(_message.AsMemory(0, length), cancellationToken);
            if (!isStarted)
            {
                isStarted = true;
                Started?.Invoke();
            }
        }

        throw new EndOfStreamException("PostgreSQL ended the replication stream.");
    }

    /// <summary>Waits for the next message; while there is none, confirms and sends the heartbeats that have become due.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<XLogDataMessage> messages, TimeSpan interval, CancellationToken cancellationToken)
    {
        var next = messages.MoveNextAsync();
        if (next.IsCompleted)
        {
            return next.Result;
        }

        var waiting = next.AsTask();
        while (!waiting.IsCompleted)
        {
            await heartbeats.SendIfDueAsync(cancellationToken);
            Confirm();
            await Task.WhenAny(waiting, Task.Delay(heartbeats.DueIn() ?? interval, time, cancellationToken));
        }

        return await waiting;
    }

    private async ValueTask<int> ReadAsync(Stream data, CancellationToken cancellationToken)
    {
        var length = 0;
        int read;
        while ((read = await data.ReadAsync(_message.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length == _message.Length)
            {
                Array.Resize(ref _message, _message.Length * 2);
            }
        }

        return length;
    }

    private async ValueTask RelayAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        switch (await decoder.DecodeAsync(message, cancellationToken))
        {
            case WalMessageKind.Begin:
                _delivery = _deliveries.Begin();
                _spans = new TransactionSpans(decoder.Transaction!);
                break;
            case WalMessageKind.Insert:
                await SendChangeAsync('c', decoder.After, cancellationToken);
                break;
            case WalMessageKind.Update:
                await SendUpdateAsync(cancellationToken);
                break;
            case WalMessageKind.Delete:
                await SendChangeAsync('d', decoder.Before, cancellationToken);
                break;
            case WalMessageKind.Truncate:
                await SendTruncateAsync(cancellationToken);
                break;
            case WalMessageKind.Commit:
                _spans!.End();
                _delivery!.Close(decoder.EndLsn);
                await PassedAsync(cancellationToken);
                break;
            case WalMessageKind.Marker:
                _deliveries.Begin().Close(decoder.EndLsn);
                await PassedAsync(cancellationToken);
                break;
        }
    }

    private ValueTask SendChangeAsync(char operation, in RowImage keyed, CancellationToken cancellationToken)
    {
        var table = decoder.Table!;
        var key = writer.WriteKey(table, keyed, decoder.Before);
        return SendAsync(table, key, writer.WriteChange(table, operation, decoder.Before, decoder.After, SourceOf(table, decoder.Transaction!.NextIndex())), cancellationToken);
    }

    /// <summary>
    /// A changed primary key may lead to another partition. So the row goes under its old key and comes under its new one, two changes: no partition then
    /// takes back what it did not hold.
    /// </summary>
    private async ValueTask SendUpdateAsync(CancellationToken cancellationToken)
    {
        var table = decoder.Table!;
        if (decoder.Before.HasKeyOf(decoder.After, table))
        {
            await SendChangeAsync('u', decoder.After, cancellationToken);
            return;
        }

        var index = decoder.Transaction!.NextIndex();
        var gone = writer.WriteChange(table, 'd', decoder.Before, default, SourceOf(table, index));
        await SendAsync(table, writer.WriteKey(table, decoder.Before), gone, cancellationToken);
        var come = writer.WriteMovedIn(table, decoder.Before, decoder.After, SourceOf(table, index + 1));
        await SendAsync(table, writer.WriteKey(table, decoder.After, decoder.Before), come, cancellationToken);
    }

    private ValueTask SendAsync(CapturedTable table, byte[] key, byte[] value, CancellationToken cancellationToken)
    {
        _delivery!.Add();
        RelayMetrics.Changes.Add(1);
        return topics.SendAsync(table.Topic, key, value, _delivery.OnDelivery, cancellationToken);
    }

    private async ValueTask SendTruncateAsync(CancellationToken cancellationToken)
    {
        var delivery = _delivery!;
        foreach (var table in decoder.Truncated)
        {
            var value = writer.WriteChange(table, 't', default, default, SourceOf(table, decoder.Transaction!.NextIndex()));
            await topics.SendToAllPartitionsAsync(table.Topic, value, _ => delivery.Add(), delivery.OnDelivery, cancellationToken);
        }
    }

    private ChangeSource SourceOf(CapturedTable table, uint index)
    {
        var transaction = decoder.Transaction!;
        return new ChangeSource(
            new Position(transaction.CommitLsn, index),
            transaction.Id,
            transaction.CommittedAt.ToUnixTimeMilliseconds(),
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            IsSnapshot: false,
            generation,
            _spans!.TraceParentFor(table));
    }

    private ValueTask PassedAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _relayedLsn, decoder.EndLsn);
        heartbeats.Reached(decoder.EndLsn);
        Confirm();
        return heartbeats.SendIfDueAsync(cancellationToken);
    }

    private void Confirm()
    {
        _deliveries.Advance();
        if (_deliveries.AcknowledgedLsn > (ulong)connection.LastFlushedLsn)
        {
            connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(_deliveries.AcknowledgedLsn));
        }
    }
}
