using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Andi.ChangeEvents;

namespace Andi.AnalyticsApi.Positions;

/// <summary>How far the warehouse was at one moment: whoever reads it afterwards sees at least that.</summary>
/// <param name="generation">The one that readers see.</param>
/// <param name="partitions">Those of that generation.</param>
internal sealed class AppliedState(uint generation, IReadOnlyList<AppliedPartition> partitions)
{
    /// <summary>Nothing is applied.</summary>
    public static AppliedState None { get; } = new(0, []);

    public uint Generation => generation;

    public IReadOnlyList<AppliedPartition> Partitions => partitions;

    /// <summary>Every partition is at least there, so every change up to it is visible.</summary>
    public Position Position { get; } = partitions.Count == 0 ? Position.None : partitions.Min(partition => partition.Position);

    /// <summary>
    /// Names everything an answer depends on: the position of every partition (the smallest alone would hide that another one moved on) and its offset (a
    /// dead letter that is replayed changes rows behind the position), the generation and, as old months stop counting by the calendar, the month. And the day:
    /// some answers are of today.
    /// </summary>
    /// <param name="oldestMonth">The oldest that counts.</param>
    /// <param name="today">By UTC.</param>
    public string Tag(DateOnly oldestMonth, DateOnly today) => Hash(oldestMonth, today, partitions, position: true);

    /// <summary>
    /// Names the rows that an answer is computed from: which inserts have been confirmed, of which generation, the month and the day. The same as long as
    /// positions move on by heartbeats alone, for these bring no rows. Null where nothing is known of any partition.
    /// </summary>
    /// <param name="oldestMonth">The oldest that counts.</param>
    /// <param name="today">By UTC.</param>
    public string? DataVersion(DateOnly oldestMonth, DateOnly today) =>
        partitions.Count == 0 ? null : Hash(oldestMonth, today, partitions, position: false);

    /// <summary>As <see cref="DataVersion(DateOnly, DateOnly)"/>, of the rows of some tables alone.</summary>
    /// <param name="tables">For instance <c>teachers</c>. Null is returned where one of them has no partition yet.</param>
    public string? DataVersion(params IReadOnlyList<string> tables)
    {
        var own = partitions.Where(partition => tables.Contains(partition.Table)).ToList();
        return own.Select(partition => partition.Table).Distinct().Count() < tables.Count
            ? null
            : Hash(DateOnly.MinValue, DateOnly.MinValue, own, position: false);
    }

    private string Hash(DateOnly oldestMonth, DateOnly today, IReadOnlyList<AppliedPartition> of, bool position)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        Append(hash, number, generation);
        Append(hash, number, (ulong)oldestMonth.DayNumber);
        Append(hash, number, (ulong)today.DayNumber);
        foreach (var partition in of)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(partition.Topic));
            Append(hash, number, (ulong)partition.Partition);
            Append(hash, number, (ulong)partition.Inserts);
            if (position)
            {
                Append(hash, number, (ulong)partition.Offset);
                Append(hash, number, partition.Position.CommitLsn);
                Append(hash, number, partition.Position.Index);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }

    private static void Append(IncrementalHash hash, Span<byte> buffer, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(buffer, number);
        hash.AppendData(buffer);
    }
}

/// <summary>How far one partition of a change topic is applied, as the ingestor has confirmed it.</summary>
/// <param name="Topic"><c>{prefix}.{schema}.{table}</c>, its first part naming the generation, too.</param>
/// <param name="Offset">The last applied offset; −1 before the first.</param>
/// <param name="Position">All changes of the partition up to it are in the warehouse.</param>
/// <param name="SourceTime">When that event's transaction committed or its heartbeat was sent.</param>
/// <param name="AppliedAt">When it was applied.</param>
/// <param name="Inserts">How many inserts brought it there: while it stays, no row came or went.</param>
internal sealed record AppliedPartition(
    string Topic, int Partition, long Offset, Position Position, DateTimeOffset SourceTime, DateTimeOffset AppliedAt, long Inserts)
{
    /// <summary>The table the topic is of.</summary>
    public string Table => Topic[(Topic.LastIndexOf('.') + 1)..];

    /// <summary>False before the first event.</summary>
    public bool HasBegun => Offset >= 0;
}
