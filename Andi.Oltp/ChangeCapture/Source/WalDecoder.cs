using System.Text;
using Andi.Oltp.Storage;

namespace Andi.Oltp.ChangeCapture.Source;

/// <summary>
/// Decodes pgoutput messages (protocol version 1, text values, with logical messages). Remembers the relations that it was told of and the open
/// transaction; a decoded message points into the bytes that it was decoded from and is valid until the next one.
/// </summary>
internal sealed class WalDecoder
{
    // The old row, whole; under another replica identity there is its key (K), or nothing.
    private const byte OldRow = (byte)'O';

    private readonly Dictionary<uint, RelationShape> _tables = [];
    private readonly List<ColumnValue> _before = [];
    private readonly List<ColumnValue> _after = [];
    private WalTransaction? _transaction;

    /// <summary>Says how changes of an announced relation are written from here on.</summary>
    public void Define(uint oid, RelationShape table) => _tables[oid] = table;

    public WalMessage Decode(ReadOnlyMemory<byte> message)
    {
        var reader = new PgOutputReader(message.Span);
        switch (reader.ReadByte())
        {
            case (byte)'B':
                _transaction = new WalTransaction(reader.ReadUInt64(), reader.ReadTimestamp(), reader.ReadUInt32());
                return WalMessage.Begin(_transaction);
            case (byte)'C':
                reader.ReadByte();
                reader.ReadUInt64();
                _transaction = null;
                return WalMessage.Commit(reader.ReadUInt64());
            case (byte)'I':
                return WalMessage.Insert(_tables[reader.ReadUInt32()], ReadNewImage(ref reader, message));
            case (byte)'U':
                var updated = _tables[reader.ReadUInt32()];
                return reader.ReadByte() == OldRow
                    ? WalMessage.Update(updated, ReadImage(ref reader, message, _before), ReadNewImage(ref reader, message))
                    : WalMessage.Partial(updated);
            case (byte)'D':
                var deleted = _tables[reader.ReadUInt32()];
                return reader.ReadByte() == OldRow ? WalMessage.Delete(deleted, ReadImage(ref reader, message, _before)) : WalMessage.Partial(deleted);
            case (byte)'T':
                return DecodeTruncate(ref reader);
            case (byte)'M':
                return DecodeLogicalMessage(ref reader);
            case (byte)'R':
                return WalMessage.Announce(ReadRelation(ref reader));
            default:
                return WalMessage.Other; // Origin and type messages say nothing that is needed here.
        }
    }

    // Behind the letter N.
    private RowImage ReadNewImage(scoped ref PgOutputReader reader, ReadOnlyMemory<byte> message)
    {
        reader.ReadByte();
        return ReadImage(ref reader, message, _after);
    }

    private static RowImage ReadImage(scoped ref PgOutputReader reader, ReadOnlyMemory<byte> message, List<ColumnValue> values)
    {
        reader.ReadTuple(message.Span, values);
        return new RowImage(message, values);
    }

    private WalMessage DecodeTruncate(scoped ref PgOutputReader reader)
    {
        var count = reader.ReadInt32();
        reader.ReadByte();
        var tables = new RelationShape[count];
        for (var index = 0; index < count; index++)
        {
            tables[index] = _tables[reader.ReadUInt32()];
        }

        return WalMessage.Truncate(tables);
    }

    private WalMessage DecodeLogicalMessage(scoped ref PgOutputReader reader)
    {
        var isTransactional = reader.ReadByte() == 1;
        var lsn = reader.ReadUInt64();
        var prefix = reader.ReadString();
        var content = reader.ReadBytes(reader.ReadInt32());
        if (!isTransactional)
        {
            return WalMessage.Marker(lsn);
        }

        if (prefix == CommitPosition.TraceParentPrefix && _transaction is not null)
        {
            _transaction.TraceParent = Encoding.UTF8.GetString(content);
        }

        return WalMessage.Other;
    }

    private static AnnouncedRelation ReadRelation(scoped ref PgOutputReader reader)
    {
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

        return new AnnouncedRelation(oid, schema, name, columns);
    }
}
