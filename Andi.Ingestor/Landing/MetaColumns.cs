using Andi.ChangeEvents;
using Andi.Ingestor.Landing.Native;

namespace Andi.Ingestor.Landing;

/// <summary>Fills the columns that say where a landed row comes from.</summary>
internal sealed class MetaColumnEncoders
{
    private readonly ushort _partition;
    private readonly long _fence;
    private readonly IntegerEncoder<sbyte> _sign;
    private readonly IntegerEncoder<UInt128> _position;
    private readonly IntegerEncoder<ulong> _transactionId;
    private readonly IntegerEncoder<byte> _deleted;
    private readonly IntegerEncoder<uint> _generation;
    private readonly IntegerEncoder<ushort> _partitions;
    private readonly IntegerEncoder<long> _offset;
    private readonly TimestampEncoder _committedAt;
    private readonly TimestampEncoder _ingestedAt;
    private readonly StringEncoder _unmapped;
    private readonly IntegerEncoder<long> _fences;

    /// <exception cref="NotSupportedException">A column is missing from the table or has another type than every landing table gives it.</exception>
    public MetaColumnEncoders(LandingTable table, IReadOnlyList<ColumnEncoder> encoders, int partition, long fence)
    {
        _partition = (ushort)partition;
        _fence = fence;
        _sign = Find<IntegerEncoder<sbyte>>(MetaColumns.Sign);
        _position = Find<IntegerEncoder<UInt128>>(MetaColumns.Position);
        _transactionId = Find<IntegerEncoder<ulong>>(MetaColumns.TransactionId);
        _deleted = Find<IntegerEncoder<byte>>(MetaColumns.Deleted);
        _generation = Find<IntegerEncoder<uint>>(MetaColumns.Generation);
        _partitions = Find<IntegerEncoder<ushort>>(MetaColumns.Partition);
        _offset = Find<IntegerEncoder<long>>(MetaColumns.Offset);
        _committedAt = Find<TimestampEncoder>(MetaColumns.CommittedAt);
        _ingestedAt = Find<TimestampEncoder>(MetaColumns.IngestedAt);
        _unmapped = Find<StringEncoder>(MetaColumns.Unmapped);
        _fences = Find<IntegerEncoder<long>>(MetaColumns.Fence);

        T Find<T>(string name)
            where T : ColumnEncoder =>
            table.Columns.Index().Where(column => column.Item.Name == name).Select(column => encoders[column.Index]).FirstOrDefault() as T
            ?? throw new NotSupportedException(
                $"Landing table {table.Database}.{table.Name} has no column {name} of the type that every landing table gives it.");
    }

    public void Append(in ChangeEvent change, sbyte sign, long offset, long ingestedAtMs, ReadOnlySpan<byte> unmapped)
    {
        _sign.Append(sign);
        _position.Append(change.Source.Position.ToUInt128());
        _transactionId.Append(change.Source.TransactionId);
        _deleted.Append(change.Operation == 'd' ? (byte)1 : (byte)0);
        _generation.Append((uint)change.Source.Generation);
        _partitions.Append(_partition);
        _offset.Append(offset);
        _committedAt.AppendMilliseconds(change.Source.CommittedAtMs);
        _ingestedAt.AppendMilliseconds(ingestedAtMs);
        _unmapped.Append(unmapped);
        _fences.Append(_fence);
    }
}

/// <summary>The columns that every landing table has beside its source table's own; all of them begin with an underscore.</summary>
internal static class MetaColumns
{
    public const string Sign = "_sign";
    public const string Position = "_position";
    public const string TransactionId = "_txid";
    public const string Deleted = "_deleted";
    public const string Generation = "_generation";
    public const string Partition = "_partition";
    public const string Offset = "_offset";
    public const string CommittedAt = "_committed_at";
    public const string IngestedAt = "_ingested_at";
    public const string Unmapped = "_unmapped";
    public const string Fence = "_fence";

    public static readonly IReadOnlyList<string> All =
        [Sign, Position, TransactionId, Deleted, Generation, Partition, Offset, CommittedAt, IngestedAt, Unmapped, Fence];
}
