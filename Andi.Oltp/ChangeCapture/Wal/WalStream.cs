using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Kafka;
using Andi.Oltp.ChangeCapture.Snapshot;
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
    string slot,
    WalDecoder decoder,
    ChangeSender sender,
    DeliveryTracker deliveries,
    Heartbeats heartbeats,
    CapturedTables captured,
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
        await captured.RefreshIfDueAsync(cancellationToken);
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
                await captured.RefreshIfDueAsync(cancellationToken);
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

    private async ValueTask RelayAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var kind = await decoder.DecodeAsync(message, cancellationToken);
        switch (kind)
        {
            case WalMessageKind.Begin:
                sender.Begin(decoder.Transaction!);
                break;
            case WalMessageKind.Insert or WalMessageKind.Update or WalMessageKind.Delete or WalMessageKind.Truncate:
                await sender.SendAsync(kind, decoder, cancellationToken);
                break;
            case WalMessageKind.Commit:
                sender.End(decoder.EndLsn);
                await PassedAsync(cancellationToken);
                break;
            case WalMessageKind.Marker:
                deliveries.Begin().Close(decoder.EndLsn);
                await PassedAsync(cancellationToken);
                break;
        }
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
        deliveries.Advance();
        if (deliveries.AcknowledgedLsn > (ulong)connection.LastFlushedLsn)
        {
            connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(deliveries.AcknowledgedLsn));
        }
    }
}
