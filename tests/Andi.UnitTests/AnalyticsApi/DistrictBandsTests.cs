using Andi.AnalyticsApi.Areas.Assessments;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class DistrictBandsTests
{
    [Theory]
    [InlineData(5012)]
    [InlineData(5012, 5012)]
    [InlineData(0, 10000)]
    [InlineData(4999, 5000)]
    [InlineData(4999, 5000, 5000)]
    [InlineData(100, 199, 150, 160)]
    [InlineData(10000, 9999, 9999, 0, 0, 1)]
    [InlineData(7000, 7099, 7100, 7100, 7199)]
    [InlineData(20800, 21100, 22500, 22501)]
    [InlineData(10000, 10001, 12499, 12500)]
    [InlineData(-100, 99, 160000, 77500)]
    public void Median_of_the_scores_in_the_middle_bands_is_that_of_all(params int[] scores)
    {
        var row = Row(scores);
        var ordered = scores.Order().Select(score => score / 100.0).ToArray();
        var (low, high) = (ordered[(scores.Length - 1) / 2], ordered[scores.Length / 2]);

        var bands = row.Middle.ToList();
        row.Median(Counts(scores.Where(score => bands.Contains(BandOf(score))))).ShouldBe(low + (0.5 * (high - low)));
        row.Median(Counts(scores)).ShouldBe(low + (0.5 * (high - low)), "whatever else was read");
    }

    [Fact]
    public void Values_that_were_taken_back_do_not_count()
    {
        var middle = Counts([5025, 5075]);
        middle[500_100] = 0;
        Row(5025, 5075).Median(middle).ShouldBe(50.5);
    }

    [Fact]
    public void Scores_that_are_not_those_that_were_counted_have_no_median()
    {
        var row = Row(5010, 5020, 9000);
        row.Median(null).ShouldBeNull();
        row.Median(Counts([5010])).ShouldBeNull();
        row.Median(Counts([5010, 5020, 5030])).ShouldBeNull();
        row.Median(new Dictionary<int, long> { [501_000] = 3, [502_000] = -1 }).ShouldBeNull();
    }

    private static DistrictBands Row(params int[] scores)
    {
        var counts = new long[128];
        Array.ForEach(scores, score => counts[BandOf(score)]++);
        return new DistrictBands("2025-2026", "X", "D", scores.Sum(score => score * 100L), counts);
    }

    // Of hundredths: a point each up to 100, 25 points each above, what is further away in the first or the last one.
    private static byte BandOf(int score) => (byte)Math.Clamp(score <= 10_000 ? score / 100 : 101 + ((score - 10_000) / 2_500), 0, 127);

    /// <summary>In ten-thousandths.</summary>
    private static Dictionary<int, long> Counts(IEnumerable<int> scores) =>
        scores.GroupBy(score => score * 100).ToDictionary(group => group.Key, group => (long)group.Count());
}
