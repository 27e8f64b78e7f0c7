using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Assessments.Distributions;

/// <summary>How often a score was reached.</summary>
internal sealed record ScoreFrequency(double Score, long Count);

/// <summary>How often each score was reached, ascending.</summary>
internal sealed record ScoreDistribution(IReadOnlyList<ScoreFrequency> Items)
{
    private const double Scale = 100;

    /// <summary>Adds up an answer of histograms, of scores in hundredths; those that were all taken back are left out.</summary>
    public static IReadOnlyList<ScoreFrequency> Read(RowBinaryReader rows)
    {
        var counts = new Dictionary<int, long>();
        while (!rows.AtEnd)
        {
            ScoreCounts.Add(ref rows, counts);
        }

        return [.. counts.Where(entry => entry.Value > 0).OrderBy(entry => entry.Key).Select(entry => new ScoreFrequency(entry.Key / Scale, entry.Value))];
    }
}
