using System.Text;
using Andi.ChangeEvents;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Snapshot;

/// <summary>
/// Sends the rows of tables as they were at the very point where a slot begins: they are read under the snapshot that PostgreSQL exported with it.
/// </summary>
internal sealed class SnapshotRows(
    NpgsqlDataSource database, CaptureCatalog catalog, ChangeTopics topics, ChangeEventWriter writer, TimeProvider time, int generation)
{
    private static readonly TimeSpan AcknowledgeTimeout = TimeSpan.FromMinutes(10);

    private readonly RowTextBuffer _row = new();

    /// <summary>Returns once Kafka has acknowledged every row; how many there were.</summary>
    /// <param name="tables">Which tables.</param>
    /// <param name="point">The exported snapshot.</param>
    /// <param name="startsOver">Each table's rows come after a truncate, which takes back what an earlier, interrupted try has sent.</param>
    /// <param name="cancellationToken">Gives up; some rows may have been sent.</param>
    public async Task<long> SendAsync(
        IReadOnlyList<CaptureState> tables, SnapshotPoint point, bool startsOver, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using (var adopt = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{point.Name}'", connection))
        {
            await adopt.ExecuteNonQueryAsync(cancellationToken);
        }

        var deliveries = new DeliveryTracker(time);
        await OpenAsync(tables, deliveries, cancellationToken);
        var index = 0u;
        var sent = 0L;
        foreach (var capture in tables)
        {
            var table = await catalog.ReadTableAsync(capture, connection, cancellationToken);
            var delivery = deliveries.Begin();
            if (startsOver)
            {
                var truncate = writer.WriteTruncate(SourceAt(point, index++), table.SourceLabel);
                await topics.SendToAllPartitionsAsync(table.Topic, truncate, delivery.Add, cancellationToken);
            }

            await using var rows = await ReadRowsAsync(table, connection, cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var row = _row.Read(rows);
                var value = writer.WriteChange(table, 'r', default, row, SourceAt(point, checked(index++)));
                deliveries.ThrowIfFailed();
                await topics.SendAsync(table.Topic, writer.WriteKey(table, row), value, delivery.Add(), cancellationToken);
                sent++;
            }

            delivery.Close(point.SnapshotLsn);
        }

        await SettleAsync(deliveries, cancellationToken);
        deliveries.Advance();
        return sent;
    }

    // A topic may be new, and a broker of it not know yet that it leads a partition. Behind an event that it refuses for that, later ones may be taken (see
    // DeliveryTracker): so each partition takes one event alone first, which says nothing, as it stands before every other.
    private async Task OpenAsync(IReadOnlyList<CaptureState> tables, DeliveryTracker deliveries, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var nothing = writer.WriteHeartbeat(new ChangeSource(Position.None, 0, now, now, IsSnapshot: false, generation, TraceParent: null));
        foreach (var table in tables)
        {
            await topics.SendToAllPartitionsAsync(table.Topic, nothing, deliveries.AddHeartbeat, cancellationToken);
        }

        await SettleAsync(deliveries, cancellationToken);
        deliveries.ThrowIfFailed();
    }

    private static async Task SettleAsync(DeliveryTracker deliveries, CancellationToken cancellationToken)
    {
        if (await deliveries.SettleAsync(AcknowledgeTimeout, cancellationToken) is > 0 and var left)
        {
            throw new TimeoutException($"Kafka did not acknowledge {left} change events within {AcknowledgeTimeout.TotalSeconds:0} s.");
        }
    }

    private ChangeSource SourceAt(SnapshotPoint point, uint index)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new ChangeSource(new Position(point.SnapshotLsn, index), 0, now, now, IsSnapshot: true, generation, TraceParent: null);
    }

    private static async Task<NpgsqlDataReader> ReadRowsAsync(RelationShape table, NpgsqlConnection connection, CancellationToken cancellationToken)
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

/// <summary>Puts the text forms of one row side by side in a buffer that is used again for the next row.</summary>
internal sealed class RowTextBuffer
{
    private readonly List<ColumnValue> _values = [];
    private byte[] _buffer = new byte[16 * 1024];

    public RowImage Read(NpgsqlDataReader reader)
    {
        _values.Clear();
        var end = 0;
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (reader.IsDBNull(column))
            {
                _values.Add(ColumnValue.Null);
                continue;
            }

            var text = reader.GetString(column);
            var needed = end + Encoding.UTF8.GetMaxByteCount(text.Length);
            if (needed > _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
            }

            var length = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(end));
            _values.Add(ColumnValue.Text(end, length));
            end += length;
        }

        return new RowImage(_buffer.AsMemory(0, end), _values);
    }
}
