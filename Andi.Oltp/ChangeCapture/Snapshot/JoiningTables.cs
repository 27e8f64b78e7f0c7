using System.Globalization;
using Andi.ChangeEvents;
using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;
using Npgsql.Replication;

namespace Andi.Oltp.ChangeCapture.Snapshot;

/// <summary>
/// Lets tables in that came to the publication after the generation began. A temporary slot exports a snapshot; the rows are sent as they were there,
/// after a truncate, while the stream waits; the stream's changes count from there on. Interrupted anywhere it is done again, at a later point, and the
/// truncate takes back what was sent. Used by the relaying thread; only the slot is made beside it, for that waits for other people's transactions.
/// </summary>
internal sealed class JoiningTables(
    int generation,
    string slot,
    TimeSpan senderTimeout,
    CaptureDatabase database,
    CapturedTableStore store,
    RelationRegistry relations,
    AnnouncedTopics announced,
    ChangeTopics topics,
    Heartbeats heartbeats,
    SnapshotRows rows,
    ILogger logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private LogicalReplicationConnection? _replication;
    private Task<SnapshotPoint>? _opening;
    private List<(CaptureState Table, int Joins)> _tables = [];

    /// <summary>Between two changes: begins to let in what came, and ends it where that needs no more waiting.</summary>
    public async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        if (_opening is null && relations.IsAnyJoining)
        {
            await BeginAsync(cancellationToken);
        }
        else if (_opening is { IsCompleted: true })
        {
            await CompleteAsync(cancellationToken);
        }
    }

    /// <summary>Before a change of the table: waits until it is known which of its changes count.</summary>
    public async ValueTask LetInAsync(CaptureState table, CancellationToken cancellationToken)
    {
        while (table.IsJoining)
        {
            if (_opening is null)
            {
                await BeginAsync(cancellationToken);
            }

            await CompleteAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await (_opening ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_replication is not null)
        {
            await _replication.DisposeAsync(); // and with it the temporary slot
        }

        _stop.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _tables = [.. relations.Joining.Select(table => (table, table.Joins))];
        _replication = await database.OpenReplicationAsync(senderTimeout, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"{slot}_at_{_replication.ProcessID}");
        _opening = SnapshotPoint.CreateAsync(_replication, name, isTemporary: true, logger, _stop.Token);
    }

    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var point = await _opening!.WaitAsync(cancellationToken);
        var tables = _tables.Where(begun => begun.Table.IsJoining && begun.Table.Joins == begun.Joins).Select(begun => begun.Table).ToList();
        foreach (var table in tables)
        {
            logger.TableSnapshotStarted(table.Schema, table.Name, Position.FormatLsn(point.SnapshotLsn));
            await store.JoinAsync(generation, table, point.ConsistentLsn, cancellationToken);
        }

        await announced.AnnounceAsync(
            generation, [.. tables.Select(table => table.Topic)], topics, Position.EndOf(point.SnapshotLsn - 1), cancellationToken);
        var sent = await rows.SendAsync(tables, point, startsOver: true, cancellationToken);
        foreach (var table in tables)
        {
            await store.CompleteAsync(generation, table, point.ConsistentLsn, cancellationToken);
            table.Capture(point.ConsistentLsn);
            heartbeats.Include(table.Topic);
        }

        logger.TableSnapshotsCompleted(tables.Count, sent);
        await _replication!.DisposeAsync();
        (_replication, _opening) = (null, null);
    }
}
