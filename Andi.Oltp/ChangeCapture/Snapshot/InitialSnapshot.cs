using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Events;
using Andi.Oltp.ChangeCapture.Kafka;
using Andi.Positions;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.Internal;
using Npgsql.Replication.PgOutput;

namespace Andi.Oltp.ChangeCapture.Snapshot;

/// <summary>
/// Sends every row as it was at the very point where the slot begins: PostgreSQL exports a snapshot with a new slot, and the rows are read under it, so
/// that the stream that follows misses nothing and repeats nothing. An interrupted snapshot starts again as a new generation, with a new slot.
/// </summary>
internal sealed class InitialSnapshot(
    NpgsqlDataSource database,
    CaptureCatalog catalog,
    ChangeTopics topics,
    ChangeEventWriter writer,
    TimeProvider time,
    ILogger<InitialSnapshot> logger)
{
    private static readonly TimeSpan AcknowledgeTimeout = TimeSpan.FromMinutes(10);

    private readonly RowTextBuffer _row = new();

    /// <summary>Takes the snapshot on a replication connection that is open and idle. Returns its generation.</summary>
    public async Task<int> TakeAsync(LogicalReplicationConnection replication, string slot, bool dropSlot, CancellationToken cancellationToken)
    {
        await using var state = await database.OpenConnectionAsync(cancellationToken);
        var generation = await CaptureState.StartSnapshotAsync(state, slot, time.GetUtcNow(), cancellationToken);
        if (dropSlot)
        {
            await replication.DropReplicationSlot(slot, wait: true, cancellationToken);
        }

        var created = new PgOutputReplicationSlot(await replication.CreateLogicalReplicationSlot(
            slot, "pgoutput", slotSnapshotInitMode: LogicalSlotSnapshotInitMode.Export, cancellationToken: cancellationToken));

        // A transaction may commit exactly at the consistent point; the snapshot stands just before it.
        var lsn = (ulong)created.ConsistentPoint - 1;
        logger.SnapshotStarted(generation, Position.FormatLsn(lsn));
        var rows = await SendRowsAsync(created.SnapshotName!, lsn, generation, cancellationToken);
        await topics.FlushAsync(AcknowledgeTimeout, cancellationToken);
        await CaptureState.CompleteSnapshotAsync(state, slot, generation, lsn, time.GetUtcNow(), cancellationToken);
        logger.SnapshotCompleted(generation, rows);
        return generation;
    }

    private async Task<long> SendRowsAsync(string snapshotName, ulong lsn, int generation, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using (var adopt = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{snapshotName}'", connection))
        {
            await adopt.ExecuteNonQueryAsync(cancellationToken);
        }

        var deliveries = new DeliveryTracker();
        var index = 0u;
        foreach (var (schema, name) in await catalog.ReadTablesAsync(cancellationToken))
        {
            var table = await catalog.ReadTableAsync(schema, name, connection, cancellationToken);
            var delivery = deliveries.Begin();
            await topics.PartitionsOfAsync(table.Topic, cancellationToken);
            await using var rows = await ReadRowsAsync(table, connection, cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var row = _row.Read(rows);
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                var source = new ChangeSource(new Position(lsn, index++), 0, now, now, IsSnapshot: true, generation, TraceParent: null);
                delivery.Add();
                await topics.SendAsync(
                    table.Topic, writer.WriteKey(table, row), writer.WriteChange(table, 'r', default, row, source), delivery.OnDelivery, cancellationToken);
            }

            delivery.Close(lsn);
            deliveries.Advance();
        }

        await topics.FlushAsync(AcknowledgeTimeout, cancellationToken);
        deliveries.Advance();
        return index;
    }

    private static async Task<NpgsqlDataReader> ReadRowsAsync(CapturedTable table, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var quote = new NpgsqlCommandBuilder();
        var columns = string.Join(", ", table.Columns.Select(column => quote.QuoteIdentifier(column.Name)));
        await using var command = new NpgsqlCommand(
            $"SELECT {columns} FROM {quote.QuoteIdentifier(table.Schema)}.{quote.QuoteIdentifier(table.Name)}", connection)
        {
            AllResultTypesAreUnknown = true, // PostgreSQL's text form, as the WAL has it
            CommandTimeout = 0,
        };
        return await command.ExecuteReaderAsync(cancellationToken);
    }
}
