using Andi.AnalyticsApi.Areas.Assessments;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Disclosure;

namespace Andi.UnitTests.AnalyticsApi.Disclosure;

/// <summary>A value that one person had.</summary>
internal readonly record struct Held(ulong Person, string Measure, int Value);

/// <summary>What an answer says of the values of some people. Null is not told.</summary>
/// <param name="Of">Whose values the answer was made of: the attacker is taken to know who is in which group and who changed when.</param>
internal sealed record Observation(
    IReadOnlyList<Held> Of, double Average, double? Median = null, double? Deviation = null, IReadOnlyList<(double Low, double High)>? Shares = null);

/// <summary>Asks every question there is of a release, by the code that answers them.</summary>
internal static class Observer
{
    public static readonly Test Test = new(
        "X1", "Spring math", "math", 0, 100, 2, [new("Excellent", 90), new("Good", 80), new("Fair", 70), new("Low", 0)], ["Basic"]);

    public static List<Observation> Observe(Release release, IReadOnlyList<string[]> paths, GroupRule rule, Knows? knows)
    {
        var scores = new ProtectedScores(
            [new PublishedTest("D1", "2025-2026", Test.Id, release)], new Dictionary<string, Test> { [Test.Id] = Test }, _ => rule, _ => knows);
        var seen = new List<Observation>();
        foreach (var teacher in paths.Select(path => path[2]).Distinct())
        {
            foreach (var item in scores.Classroom(new Teacher(teacher, teacher, "C0")))
            {
                Add(path => path[2] == teacher, "", item.StudentCount, item.AvgScore, item.MedianScore, item.ScoreStdDev,
                    item.Suppressed is null ? [.. item.Bands.Select(band => (band.Share!.Low, band.Share.High))] : null);
            }

            AddYears(path => path[2] == teacher);
            AddDimensions(path => path[2] == teacher);
        }

        foreach (var school in paths.Select(path => path[0]).Distinct())
        {
            foreach (var item in scores.School(school))
            {
                Add(path => path[0] == school && path[1] == item.Grade, "", item.StudentCount, item.AvgScore, item.MedianScore, item.ScoreStdDev);
            }

            AddYears(path => path[0] == school);
            AddDimensions(path => path[0] == school);
        }

        foreach (var item in scores.District())
        {
            Add(path => path[1] == item.Grade, "", item.StudentCount, item.AvgScore, item.MedianScore);
        }

        AddYears(_ => true);
        AddDimensions(_ => true);
        var compared = scores.Schools(id => id);
        var withheld = compared.Where(item => item.Suppressed is not null).Select(item => item.Id).ToHashSet();
        foreach (var item in compared)
        {
            Add(path => item.Id is null ? withheld.Contains(path[0]) : path[0] == item.Id, "", item.TotalStudents, item.AvgScore, item.MedianScore);
        }

        foreach (var item in scores.Districts(id => id))
        {
            Add(_ => true, "", item.TotalStudents, item.AvgScore, item.MedianScore);
        }

        return seen;

        void AddYears(Func<string[], bool> contains)
        {
            foreach (var item in scores.Years(contains))
            {
                Add(contains, "", item.StudentCount, item.AvgScore, item.MedianScore, item.ScoreStdDev);
            }
        }

        void AddDimensions(Func<string[], bool> contains)
        {
            foreach (var item in scores.Dimensions(contains))
            {
                Add(contains, item.Dimension, item.StudentCount, item.AvgScore, item.MedianScore);
            }
        }

        void Add(
            Func<string[], bool> contains, string measure, long? count, double? average, double? median, double? deviation = null,
            IReadOnlyList<(double Low, double High)>? shares = null)
        {
            if (average is null)
            {
                return;
            }

            var index = release.Measures.ToList().IndexOf(measure);
            List<Held> of =
            [
                .. from block in release.Blocks
                   from person in block.People
                   where contains(release.Atoms[person.Atom]) && person.Value(index) is not null
                   select new Held(person.Person, measure, person.Value(index)!.Value),
            ];

            // Else the attacker would be given wrong equations, and find nothing for that.
            count.ShouldBe(of.Count);
            average.Value.ShouldBe(of.Average(one => one.Value) / 10_000, 1e-9);
            seen.Add(new Observation(of, average.Value, median, deviation, shares));
        }
    }
}
