using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Snapshot;
using Andi.Oltp.ChangeCapture.Source;
using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;
using NpgsqlTypes;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>
/// The way of a change from the WAL to Kafka: read, decode, write as an event, send; and back: confirm to PostgreSQL what Kafka has acknowledged, never
/// more. After a crash PostgreSQL sends again from what was confirmed, with the same positions.
/// </summary>
internal sealed class WalStream(
    LogicalReplicationConnection connection,
    string slot,
    WalDecoder decoder,
    ChangeSender sender,
    DeliveryTracker deliveries,
    Heartbeats heartbeats,
    RelationRegistry relations,
    JoiningTables joining,
    TimeProvider time)
{
    private byte[] _message = new byte[64 * 1024];

    private Task<bool>? _reading;
    private ulong _relayedLsn;
    private bool _isStarted;

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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wal = connection.StartLogicalReplication(new PgOutputReplicationSlot(slot), stop.Token, walLocation: null, pgoutput);
        await using var messages = wal.GetAsyncEnumerator(stop.Token);
        try
        {
            while (await NextAsync(messages, options.HeartbeatInterval, cancellationToken))
            {
                await RelayNextAsync(messages.Current.Data, cancellationToken);
            }
        }
        finally
        {
            // What failed may have failed while a message was awaited. The stream must not be closed under whoever reads it: Npgsql would fail on a
            // thread of its own, where nothing catches it.
            await stop.CancelAsync();
            await (_reading ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        throw new EndOfStreamException("PostgreSQL ended the replication stream.");
    }

    private async ValueTask RelayNextAsync(Stream data, CancellationToken cancellationToken)
    {
        // The slot is ours now, and with it the right to say which tables there are.
        var length = await ReadAsync(data, cancellationToken);
        await relations.RefreshIfDueAsync(cancellationToken);
        await RelayAsync(_message.AsMemory(0, length), cancellationToken);
        await joining.StepAsync(cancellationToken);
        if (!_isStarted)
        {
            _isStarted = true;
            Started?.Invoke();
        }
    }

    /// <summary>Waits for the next message; while there is none, confirms and sends the heartbeats that have become due.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<XLogDataMessage> messages, TimeSpan interval, CancellationToken cancellationToken)
    {
        var next = messages.MoveNextAsync();
        if (next.IsCompleted)
        {
            return next.Result;
        }

        _reading = next.AsTask();
        while (!_reading.IsCompleted)
        {
            await heartbeats.SendIfDueAsync(cancellationToken);
            Confirm();
            if (_isStarted)
            {
                await relations.RefreshIfDueAsync(cancellationToken);
                await joining.StepAsync(cancellationToken);
            }

            await Task.WhenAny(_reading, Task.Delay(heartbeats.DueIn() ?? interval, time, cancellationToken));
        }

        return await _reading;
    }

    private async ValueTask<int> ReadAsync(Stream data, CancellationToken cancellationToken)
    {
        var length = (int)data.Length;
        if (length > _message.Length)
        {
            _message = new byte[Math.Max(length, _message.Length * 2)];
        }

        await data.ReadExactlyAsync(_message.AsMemory(0, length), cancellationToken);
        return length;
    }

    private ValueTask RelayAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var message = decoder.Decode(bytes);
        switch (message.Kind)
        {
            case WalMessageKind.Begin:
                sender.Begin(message.Transaction!);
                return ValueTask.CompletedTask;
            case WalMessageKind.Insert or WalMessageKind.Update or WalMessageKind.Delete:
                return sender.SendAsync(message, cancellationToken);
            case WalMessageKind.Partial:
                return sender.PassOver(message.Table!) ? relations.StartAnewAsync(message.Table!.Capture, cancellationToken) : ValueTask.CompletedTask;
            case WalMessageKind.Truncate:
                return sender.SendTruncateAsync(message.Truncated!, cancellationToken);
            case WalMessageKind.Relation:
                return DefineAsync(message.Relation!, cancellationToken);
            case WalMessageKind.Commit:
                sender.End(message.EndLsn);
                return PassedAsync(message.EndLsn, cancellationToken);
            case WalMessageKind.Marker:
                deliveries.Begin().Close(message.EndLsn);
                return PassedAsync(message.EndLsn, cancellationToken);
            default:
                return ValueTask.CompletedTask;
        }
    }

    private async ValueTask DefineAsync(AnnouncedRelation relation, CancellationToken cancellationToken) =>
        decoder.Define(relation.Oid, await relations.DescribeAsync(relation, cancellationToken));

    private ValueTask PassedAsync(ulong endLsn, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _relayedLsn, endLsn);
        heartbeats.Reached(endLsn);
        Confirm();
        return heartbeats.SendIfDueAsync(cancellationToken);
    }

    private void Confirm()
    {
        deliveries.Advance();
        if (deliveries.AcknowledgedLsn > (ulong)connection.LastFlushedLsn)
        {
            connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(deliveries.AcknowledgedLsn));
        }
    }
}
