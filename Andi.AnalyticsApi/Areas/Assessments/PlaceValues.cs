using Andi.AnalyticsApi.Requests;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>How a school or a district did in a test.</summary>
/// <param name="Subject">At the time of the scores.</param>
internal sealed record PlaceInTest(string TestId, string PlaceId, string Subject, long Count, double Average, double Median);

/// <summary>
/// How often each score, in hundredths, was reached in the schools of a district or the districts of a state, by test and school or district.
/// </summary>
internal sealed class PlaceValues
{
    private readonly Dictionary<(string TestId, string PlaceId), Dictionary<int, long>> _counts = [];
    private readonly Dictionary<(string TestId, string PlaceId), string> _subjects = [];

    public IReadOnlyDictionary<int, long>? Find(string test, string place) => _counts.GetValueOrDefault((test, place));

    /// <summary>What all scores of one moment come to.</summary>
    public List<PlaceInTest> Compared()
    {
        var all = new List<PlaceInTest>();
        foreach (var (key, counts) in _counts)
        {
            var scores = new ScoreCounts(counts);
            if (scores.Count > 0)
            {
                all.Add(new PlaceInTest(key.TestId, key.PlaceId, _subjects[key], scores.Count, scores.Average, scores.Median));
            }
        }

        return all;
    }

    /// <summary>Adds an answer of state_district_values.sql or, with subjects, of state_district_all_values.sql or district_school_values.sql.</summary>
    public PlaceValues Add(RowBinaryReader rows, bool withSubjects)
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

            ScoreCounts.Add(ref rows, counts);
        }

        return this;
    }
}
