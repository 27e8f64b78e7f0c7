using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>
/// Statistics of scores, from how often each was reached. Sums are of integers, so nothing is lost; quantiles take the same floating point operations in the
/// same order as PostgreSQL's <c>percentile_cont</c>, so both give the same bits. What R__020_histogram_functions.sql does where the scores are many.
/// </summary>
internal sealed class ScoreCounts
{
    /// <summary>Scores are counted in ten-thousandths, the finest that a test may have.</summary>
    public const int Scale = 10_000;

    private readonly (int Score, long Count)[] _ascending;
    private readonly Int128 _total;
    private readonly Int128 _squares;

    /// <param name="counts">By the score in ten-thousandths; what is not above 0 was taken back.</param>
    public ScoreCounts(IReadOnlyDictionary<int, long> counts)
    {
        _ascending = [.. counts.Where(entry => entry.Value > 0).OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))];
        foreach (var (score, count) in _ascending)
        {
            Count += count;
            _total += (Int128)score * count;
            _squares += (Int128)score * score * count;
        }
    }

    /// <summary>
    /// Adds a histogram, the next value of an answer, to <paramref name="counts"/>: a score may be in there already, and with a count of 0 or less.
    /// </summary>
    public static void Add(ref RowBinaryReader rows, Dictionary<int, long> counts)
    {
        for (var left = rows.ReadLength(); left > 0; left--)
        {
            var score = rows.ReadInt32();
            counts[score] = counts.GetValueOrDefault(score) + rows.ReadInt64();
        }
    }

    /// <summary>How many scores; the statistics have a meaning only where it is not 0.</summary>
    public long Count { get; }

    public double Average => (double)_total / ((double)Count * Scale);

    /// <summary>Of the whole population. The difference is taken of integers: taken of floating point numbers, it loses the digits that matter.</summary>
    public double StandardDeviation => Math.Sqrt((double)((Count * _squares) - (_total * _total))) / ((double)Count * Scale);

    public double Minimum => (double)_ascending[0].Score / Scale;

    public double Maximum => (double)_ascending[^1].Score / Scale;

    public double Median => Quantile(0.5);

    /// <param name="p">From 0 to 1.</param>
    public double Quantile(double p)
    {
        var position = p * (Count - 1);
        var low = AtRank((long)Math.Floor(position));
        return low + ((position - Math.Floor(position)) * (AtRank((long)Math.Ceiling(position)) - low));
    }

    /// <summary>How many are this or above.</summary>
    public long From(decimal score) => _ascending.Where(entry => entry.Score >= score * Scale).Sum(entry => entry.Count);

    /// <summary>The score of a rank.</summary>
    /// <param name="rank">From 0, the lowest score, to below <see cref="Count"/>.</param>
    public double AtRank(long rank)
    {
        foreach (var (score, count) in _ascending)
        {
            if (rank < count)
            {
                return (double)score / Scale;
            }

            rank -= count;
        }

        throw new ArgumentOutOfRangeException(nameof(rank));
    }
}
