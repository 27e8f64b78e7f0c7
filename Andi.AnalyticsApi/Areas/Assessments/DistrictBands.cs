using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a district did in a test of a year, as far as counts by bands tell: a row of state_district_bands.sql.</summary>
/// <param name="Total">Sum of the scores in ten-thousandths.</param>
/// <param name="Counts">How many scores are in each band.</param>
internal sealed record DistrictBands(string SchoolYear, string TestId, string DistrictId, long Total, long[] Counts)
{
    public long Count { get; } = Counts.Sum();

    /// <summary>
    /// The band of the lower of the two values in the middle, which are one where the number of scores is odd; and how many scores are in the bands below.
    /// </summary>
    public (byte Band, long Before) Lower => BandOfRank((Count - 1) / 2);

    /// <summary>The band of the upper one. There is none between them that has scores.</summary>
    public byte Upper => BandOfRank(Count / 2).Band;

    /// <summary>The bands that the values in the middle are in.</summary>
    public IEnumerable<byte> Middle => Lower.Band == Upper ? [Upper] : [Lower.Band, Upper];

    /// <summary>
    /// The median, from the scores of the bands in the middle. Null where those are not the scores that were counted: rows came between.
    /// </summary>
    /// <param name="scores">How often each score was reached, in ten-thousandths: of those bands all, others do not matter.</param>
    public double? Median(IReadOnlyDictionary<int, long>? scores)
    {
        var (lower, before) = Lower;
        var upper = Upper;
        var middle = scores?.Where(entry => BandOf(entry.Key) is var band && (band == lower || band == upper)).ToDictionary();
        var counted = Counts[lower] + (upper == lower ? 0 : Counts[upper]);
        if (middle is null || middle.Values.Sum() != counted || middle.Values.Any(count => count < 0) || Counts.Any(count => count < 0))
        {
            return null;
        }

        var counts = new ScoreCounts(middle);
        var low = counts.AtRank(((Count - 1) / 2) - before);
        return low + (0.5 * (counts.AtRank((Count / 2) - before) - low));
    }

    /// <summary>Of an answer in the statement's columns; those that have scores.</summary>
    public static List<DistrictBands> Read(RowBinaryReader rows)
    {
        var all = new List<DistrictBands>();
        while (!rows.AtEnd)
        {
            var (year, test, district, total) = (rows.ReadText(), rows.ReadText(), rows.ReadText(), rows.ReadInt64());
            var counts = new long[rows.ReadLength()];
            for (var band = 0; band < counts.Length; band++)
            {
                counts[band] = rows.ReadInt64();
            }

            var row = new DistrictBands(year, test, district, total, counts);
            if (row.Count > 0)
            {
                all.Add(row);
            }
        }

        return all;
    }

    // The bands of agg.district_score_values: a point each up to 100, 25 points each above.
    private static int BandOf(int score)
    {
        const int Hundred = 100 * ScoreCounts.Scale;
        return Math.Clamp(score <= Hundred ? score / ScoreCounts.Scale : 101 + ((score - Hundred) / (25 * ScoreCounts.Scale)), 0, 127);
    }

    private (byte Band, long Before) BandOfRank(long rank)
    {
        var before = 0L;
        for (var band = 0; band < Counts.Length; band++)
        {
            if (rank < before + Counts[band])
            {
                return ((byte)band, before);
            }

            before += Counts[band];
        }

        throw new ArgumentOutOfRangeException(nameof(rank));
    }
}
