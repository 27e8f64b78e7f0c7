using System.Globalization;

namespace Andi.EmbeddedClickHouse.Deduplication;

/// <summary>
/// What the name of a part's folder says: <c>partition_minBlock_maxBlock_level</c>, with the number of a mutation behind it where there was one.
/// </summary>
internal readonly record struct PartName(string Partition, long MinBlock, long MaxBlock)
{
    /// <summary>False for what is no part's name, as <c>tmp_insert_all_1_1_0</c> or <c>detached</c>.</summary>
    public static bool TryParse(string name, out PartName part)
    {
        var fields = name.Split('_');
        part = default;
        if (fields.Length is not (4 or 5)
            || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minBlock)
            || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var maxBlock)
            || !long.TryParse(fields[^1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        part = new PartName(fields[0], minBlock, maxBlock);
        return true;
    }

    /// <summary>Whether the rows of <paramref name="other"/> are in this part: it is the same, or was merged into this one.</summary>
    public bool Covers(PartName other) => Partition == other.Partition && MinBlock <= other.MinBlock && MaxBlock >= other.MaxBlock;
}
