using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

/// <summary>How often each score, in hundredths, was reached in the districts of a state, by test and district.</summary>
internal sealed class DistrictValues
{
    private readonly Dictionary<(string TestId, string DistrictId), Dictionary<int, long>> _counts = [];
    private readonly Dictionary<(string TestId, string DistrictId), string> _subjects = [];

    public IReadOnlyDictionary<int, long>? Find(string test, string district) => _counts.GetValueOrDefault((test, district));

    /// <summary>What all scores of one moment come to.</summary>
    public List<DistrictInTest> Compared()
    {
        var all = new List<DistrictInTest>();
        foreach (var (key, counts) in _counts)
        {
            var scores = new ScoreCounts(counts);
            if (scores.Count > 0)
            {
                all.Add(new DistrictInTest(key.TestId, key.DistrictId, _subjects[key], scores.Count, scores.Average, scores.Median));
            }
        }

        return all;
    }

    /// <summary>Adds an answer of state_district_values.sql or, with subjects, of state_district_all_values.sql.</summary>
    public DistrictValues Add(RowBinaryReader rows, bool withSubjects)
    {
        while (!rows.AtEnd)
        {
            var key = (rows.ReadText(), rows.ReadText());
            if (withSubjects)
            {
                var subject = rows.ReadText();
                _subjects[key] = _subjects.TryGetValue(key, out var other) ? Utf8Order.Later(other, subject) : subject;
            }

            if (!_counts.TryGetValue(key, out var counts))
            {
                _counts.Add(key, counts = []);
            }

            for (var left = rows.ReadLength(); left > 0; left--)
            {
                var score = rows.ReadInt32();
                counts[score] = counts.GetValueOrDefault(score) + rows.ReadInt64();
            }
        }

        return this;
    }
}
