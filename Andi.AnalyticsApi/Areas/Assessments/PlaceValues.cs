using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a school or a district did in a test of a year.</summary>
internal sealed record PlaceInTest(string SchoolYear, string TestId, string PlaceId, long Count, double Average, double Median);

/// <summary>
/// How often each score, in ten-thousandths, was reached in the schools of a district or the districts of a state, by year, test and school or district.
/// </summary>
internal sealed class PlaceValues
{
    private readonly Dictionary<(string SchoolYear, string TestId, string PlaceId), Dictionary<int, long>> _counts = [];

    public IReadOnlyDictionary<int, long>? Find(string year, string test, string place) => _counts.GetValueOrDefault((year, test, place));

    /// <summary>What all scores of one moment come to.</summary>
    public List<PlaceInTest> Compared()
    {
        var all = new List<PlaceInTest>();
        foreach (var (key, counts) in _counts)
        {
            var scores = new ScoreCounts(counts);
            if (scores.Count > 0)
            {
                all.Add(new PlaceInTest(key.SchoolYear, key.TestId, key.PlaceId, scores.Count, scores.Average, scores.Median));
            }
        }

        return all;
    }

    /// <summary>Adds an answer of state_district_values.sql, state_district_all_values.sql or district_school_values.sql.</summary>
    public PlaceValues Add(RowBinaryReader rows)
    {
        while (!rows.AtEnd)
        {
            var key = (rows.ReadText(), rows.ReadText(), rows.ReadText());
            if (!_counts.TryGetValue(key, out var counts))
            {
                _counts.Add(key, counts = []);
            }

            ScoreCounts.Add(ref rows, counts);
        }

        return this;
    }
}
