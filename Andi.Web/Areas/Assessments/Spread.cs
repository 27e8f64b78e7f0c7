using Andi.Web.Charts;

namespace Andi.Web.Areas.Assessments;

/// <summary>Scores put together in steps of their scale.</summary>
internal static class Spread
{
    private const int Steps = 20;

    /// <summary>Bars over the whole scale. A step ends where a band begins, where the scale lets it.</summary>
    public static IReadOnlyList<Histogram.Bar> Bars(IEnumerable<Frequency> scores, (double Low, double High) scale, IReadOnlyList<Band> bands)
    {
        var width = (scale.High - scale.Low) / Steps;
        var counts = new long[Steps];
        foreach (var score in scores)
        {
            counts[Math.Clamp((int)((score.Score - scale.Low) / width), 0, Steps - 1)] += score.Count;
        }

        return
        [
            .. counts.Select((count, step) => (From: scale.Low + step * width, Count: count))
                .Select(step => new Histogram.Bar(step.From, step.From + width, step.Count, bands.Of(step.From))),
        ];
    }

    /// <summary>How many scores are below the second lowest band; null where the test has no two.</summary>
    public static (double Under, long Count)? Lowest(IEnumerable<Frequency> scores, IReadOnlyList<Band> bands) =>
        bands.Count > 1 && bands[^2].From is var limit ? (limit, scores.Where(score => score.Score < limit).Sum(score => score.Count)) : null;

    /// <summary>Of all scores the one in the middle; null where there are none.</summary>
    public static double? Median(IReadOnlyList<Frequency> scores)
    {
        var total = scores.Sum(score => score.Count);
        return total == 0 ? null : (At((total - 1) / 2) + At(total / 2)) / 2;

        double At(long place)
        {
            foreach (var score in scores.OrderBy(score => score.Score))
            {
                if (place < score.Count)
                {
                    return score.Score;
                }

                place -= score.Count;
            }

            return double.NaN;
        }
    }
}
