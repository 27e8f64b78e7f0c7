using System.Text;
using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Events;
using Andi.Oltp.Storage;

namespace Andi.Oltp.ChangeCapture.Wal;

/// <summary>
/// Decodes pgoutput messages (protocol version 1, text values, with logical messages). Holds the relations that PostgreSQL has announced and the
/// transaction that is open. What a message means is left in the properties until the next one is decoded; images are places in that message.
/// </summary>
internal sealed class WalDecoder(CaptureCatalog catalog, CapturedTables captured)
{
    private readonly Dictionary<uint, CapturedTable> _tables = [];
    private readonly List<ColumnValue> _before = [];
    private readonly List<ColumnValue> _after = [];

    public WalTransaction? Transaction { get; private set; }

    /// <summary>Of a change: its table.</summary>
    public CapturedTable? Table { get; private set; }

    /// <summary>Of a change: the row it replaced or removed.</summary>
    public RowImage Before { get; private set; }

    /// <summary>Of a change: the row it left.</summary>
    public RowImage After { get; private set; }

    /// <summary>Of a truncate: the tables, all at once.</summary>
    public IReadOnlyList<CapturedTable> Truncated { get; private set; } = [];

    /// <summary>Of a commit or a marker: the LSN behind it. Every transaction that committed before this LSN has been sent.</summary>
    public ulong EndLsn { get; private set; }

    public async ValueTask<WalMessageKind> DecodeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (message.Span[0] == (byte)'R')
        {
            await DecodeRelationAsync(message, cancellationToken);
            return WalMessageKind.Other;
        }

        return Decode(message);
    }

    private WalMessageKind Decode(ReadOnlyMemory<byte> message)
    {
        var reader = new PgOutputReader(message.Span);
        switch (reader.ReadByte())
        {
            case (byte)'B':
                Transaction = new WalTransaction(reader.ReadUInt64(), reader.ReadTimestamp(), reader.ReadUInt32());
                return WalMessageKind.Begin;
            case (byte)'C':
                reader.ReadByte();
                reader.ReadUInt64();
                EndLsn = reader.ReadUInt64();
                Transaction = null;
                return WalMessageKind.Commit;
            case (byte)'I':
                Table = _tables[reader.ReadUInt32()];
                Before = default;
                After = ReadImage(ref reader, message, _after);
                return WalMessageKind.Insert;
            case (byte)'U':
                Table = _tables[reader.ReadUInt32()];
                Before = ReadImage(ref reader, message, _before);
                After = ReadImage(ref reader, message, _after);
                return WalMessageKind.Update;
            case (byte)'D':
                Table = _tables[reader.ReadUInt32()];
                Before = ReadImage(ref reader, message, _before);
                After = default;
                return WalMessageKind.Delete;
            case (byte)'T':
                return DecodeTruncate(ref reader);
            case (byte)'M':
                return DecodeMessage(ref reader);
            default:
                return WalMessageKind.Other; // Origin and type messages say nothing that is needed here.
        }
    }

    private RowImage ReadImage(ref PgOutputReader reader, ReadOnlyMemory<byte> message, List<ColumnValue> values)
    {
        var kind = reader.ReadByte();
        if (kind == (byte)'K' || (kind == (byte)'N' && values == _before))
        {
            throw new InvalidDataException($"Table {Table!.Schema}.{Table.Name} does not send whole rows: REPLICA IDENTITY FULL is missing.");
        }

        reader.ReadTuple(message.Span, values);
        return new RowImage(message, values);
    }

    private WalMessageKind DecodeTruncate(ref PgOutputReader reader)
    {
        var count = reader.ReadInt32();
        reader.ReadByte();
        var tables = new CapturedTable[count];
        for (var index = 0; index < count; index++)
        {
            tables[index] = _tables[reader.ReadUInt32()];
        }

        Truncated = tables;
        return WalMessageKind.Truncate;
    }

    private WalMessageKind DecodeMessage(ref PgOutputReader reader)
    {
        var isTransactional = reader.ReadByte() == 1;
        var lsn = reader.ReadUInt64();
        var prefix = reader.ReadString();
        var content = reader.ReadBytes(reader.ReadInt32());
        if (isTransactional)
        {
            if (prefix == CommitPosition.TraceParentPrefix && Transaction is not null)
            {
                Transaction.TraceParent = Encoding.UTF8.GetString(content);
            }

            return WalMessageKind.Other;
        }

        EndLsn = lsn;
        return WalMessageKind.Marker;
    }

    private async ValueTask DecodeRelationAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var (oid, schema, name, columns) = ReadRelation(message.Span);
        var capture = await captured.NoticeAsync(schema, name, cancellationToken);
        _tables[oid] = await catalog.DescribeAsync(capture, columns, cancellationToken);
    }

    private static (uint Oid, string Schema, string Name, List<(string Name, uint TypeOid)> Columns) ReadRelation(ReadOnlySpan<byte> message)
    {
        var reader = new PgOutputReader(message);
        reader.ReadByte();
        var oid = reader.ReadUInt32();
        var schema = reader.ReadString();
        var name = reader.ReadString();
        reader.ReadByte();
        int count = reader.ReadInt16();
        var columns = new List<(string, uint)>(count);
        for (var column = 0; column < count; column++)
        {
            reader.ReadByte();
            var columnName = reader.ReadString();
            columns.Add((columnName, reader.ReadUInt32()));
            reader.ReadInt32();
        }

        return (oid, schema, name, columns);
    }
}
