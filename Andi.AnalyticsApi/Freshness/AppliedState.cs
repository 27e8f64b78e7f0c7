using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Andi.Positions;

namespace Andi.AnalyticsApi.Freshness;

/// <summary>How far the warehouse was at one moment: whoever reads it afterwards sees at least that.</summary>
internal sealed class AppliedState
{
    public AppliedState(uint generation, IReadOnlyList<AppliedPartition> partitions)
    {
        Generation = generation;
        Partitions = [.. partitions.Where(partition => partition.Generation == generation)];
        Position = Partitions.Count == 0 ? Position.None : Partitions.Min(partition => partition.Position);
    }

    public uint Generation { get; }

    /// <summary>Those of the current generation.</summary>
    public IReadOnlyList<AppliedPartition> Partitions { get; }

    /// <summary>Every partition is at least there, so every change up to it is visible.</summary>
    public Position Position { get; }

    /// <summary>
    /// Names everything an answer depends on: the position of every partition (the smallest alone would hide that another one moved on) and its offset (a
    /// dead letter that is replayed changes rows behind the position), the generation and, as old months stop counting by the calendar, the month.
    /// </summary>
    /// <param name="today">By UTC, as the warehouse's views see it.</param>
    public string Tag(DateOnly today)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        Append(hash, number, Generation);
        Append(hash, number, (ulong)((today.Year * 12) + today.Month));
        foreach (var partition in Partitions)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(partition.Topic));
            Append(hash, number, (ulong)partition.Partition);
            Append(hash, number, (ulong)partition.Offset);
            Append(hash, number, partition.Position.CommitLsn);
            Append(hash, number, partition.Position.Index);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }

    private static void Append(IncrementalHash hash, Span<byte> buffer, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(buffer, number);
        hash.AppendData(buffer);
    }
}
