using System.Buffers.Binary;
using System.Text;
using Andi.ChangeEvents;
using Andi.Ingestor.Landing;

namespace Andi.Simulation.Warehouse;

/// <summary>Reads the block that the product sends, as ClickHouse would: https://clickhouse.com/docs/interfaces/formats/Native.</summary>
internal ref struct NativeBlockReader
{
    private ReadOnlySpan<byte> _rest;

    private NativeBlockReader(ReadOnlySpan<byte> block) => _rest = block;

    public static LandedRow[] Read(LandingBatch batch)
    {
        using var block = new MemoryStream();
        var writing = batch.WriteToAsync(block, CancellationToken.None);
        return writing.IsCompletedSuccessfully
            ? new NativeBlockReader(block.GetBuffer().AsSpan(0, (int)block.Length)).ReadRows()
            : throw new InvalidOperationException("A block is written to memory at once.", writing.Exception);
    }

    private LandedRow[] ReadRows()
    {
        var columns = (int)ReadVarUInt();
        var rows = new LandedRow[(int)ReadVarUInt()];
        for (var column = 0; column < columns; column++)
        {
            var name = ReadText();
            var type = ReadText();
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = With(rows[row], name, type);
            }
        }

        return _rest.IsEmpty ? rows : throw new InvalidDataException("A block goes on behind its last column.");
    }

    private LandedRow With(LandedRow row, string name, string type) => (name, type) switch
    {
        ("id", "String") => row with { Row = row.Row with { Id = ReadText() } },
        ("grp", "Int32") => row with { Row = row.Row with { Group = BinaryPrimitives.ReadInt32LittleEndian(Take(4)) } },
        ("amount", "Int8") => row with { Row = row.Row with { Amount = (sbyte)Take(1)[0] } },
        ("amount", "Int64") => row with { Row = row.Row with { Amount = BinaryPrimitives.ReadInt64LittleEndian(Take(8)) } },
        ("_sign", "Int8") => row with { Sign = (sbyte)Take(1)[0] },
        ("_position", "UInt128") => row with { Position = Position.FromUInt128(BinaryPrimitives.ReadUInt128LittleEndian(Take(16))) },
        ("_partition", "UInt16") => row with { Partition = BinaryPrimitives.ReadUInt16LittleEndian(Take(2)) },
        ("_offset", "Int64") => row with { Offset = BinaryPrimitives.ReadInt64LittleEndian(Take(8)) },
        ("_fence", "Int64") => row with { Fence = BinaryPrimitives.ReadInt64LittleEndian(Take(8)) },
        (_, "String") => Skip(row, (int)ReadVarUInt()),
        (_, "UInt8") => Skip(row, 1),
        (_, "UInt32") => Skip(row, 4),
        (_, "UInt64" or "DateTime64(6, 'UTC')") => Skip(row, 8),
        _ => throw new InvalidDataException($"Column {name} of type {type} is not known."),
    };

    private LandedRow Skip(LandedRow row, int bytes)
    {
        Take(bytes);
        return row;
    }

    private string ReadText() => Encoding.UTF8.GetString(Take((int)ReadVarUInt()));

    private ulong ReadVarUInt()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        var taken = _rest[..bytes];
        _rest = _rest[bytes..];
        return taken;
    }
}
