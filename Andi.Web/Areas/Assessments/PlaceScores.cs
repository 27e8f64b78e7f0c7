namespace Andi.Web.Areas.Assessments;

/// <summary>What a page about a place shows of the test and year that are picked. What is not told is null or empty.</summary>
/// <param name="Choice">Null where there is no test at all.</param>
/// <param name="Own">Null where the picked year has none.</param>
/// <param name="Years">Of the picked test and grade, the oldest first, up to the picked year.</param>
/// <param name="Trend">Of all tests, all grades together.</param>
/// <param name="AboveYears">As <paramref name="Years"/>, of the place around.</param>
internal sealed record PlaceScores(
    Choice? Choice, TestScale? Test, ScoresOfYear? Own, IReadOnlyList<ScoresOfYear> Years, IReadOnlyList<ScoresOfYear>? Trend,
    IReadOnlyList<ScoresOfYear>? AboveYears, Distribution? Distribution, IReadOnlyList<DimensionAverage>? Dimensions,
    IReadOnlyList<DimensionAverage>? AboveDimensions)
{
    public static readonly PlaceScores None = new(null, null, null, [], null, null, null, null, null);

    /// <summary>The year before the picked one that has the test; null where there is none.</summary>
    public ScoresOfYear? Before => Years.Count > 1 ? Years[^2] : null;

    /// <summary>All grades together, whichever is picked; null where that is not told.</summary>
    public ScoresOfYear? Total => Choice?.Grade is null ? Own
        : Trend?.FirstOrDefault(one => one.TestId == Own?.TestId && one.SchoolYear == Own.SchoolYear);

    /// <summary>The average of the place around in the picked year.</summary>
    public double? Above => AboveYears?.FirstOrDefault(year => year.SchoolYear == Own?.SchoolYear)?.AvgScore;

    /// <summary>How many are in the lowest band, where it ends, and of how many.</summary>
    public (double Under, long Count, long Of)? Lowest =>
        Choice?.Grade is null && Test is not null && Distribution is { Suppressed: null, Items.Count: > 0 } spread
        && Spread.Lowest(spread.Items, Test.Bands) is { } lowest
            ? (lowest.Under, lowest.Count, spread.Items.Sum(score => score.Count)) : null;

    /// <summary>Whether the visitor is told what is published, not exact values. The spread of scores is told exactly or not at all.</summary>
    public bool IsPublished => Distribution?.Suppressed is not null || Own?.Suppressed is not null;
}

/// <summary>Asks all of it, at the same time where one answer does not need another.</summary>
internal sealed class PlaceReader(ScoreQuestions questions)
{
    /// <param name="places">As paths name the level: <c>schools</c>.</param>
    /// <param name="known">What the page's main answer says of the place's grades; empty where it says nothing.</param>
    /// <param name="tests">What the place has; null where the API does not say.</param>
    /// <param name="above">The place around; null where there is none.</param>
    public async Task<PlaceScores> ReadAsync(
        string places, string id, Asked asked, IReadOnlyList<GradeScores> known, IReadOnlyList<TestOfPlace>? tests, (string Places, string Id)? above)
    {
        var choice = Choice.Of(tests ?? TestsOf(known), asked);
        var trending = questions.TrendAsync(places, id);
        if (choice?.Test is not { SchoolYear: var year, TestId: var testId } picked)
        {
            return PlaceScores.None with { Choice = choice, Trend = await trending };
        }

        var scaling = questions.TestAsync(testId);
        var spreading = questions.DistributionAsync(places, id, year, testId);
        var inDimensions = places == "states" ? null : questions.DimensionsAsync(places, id, year, testId);
        var aboveInDimensions = above is not { Places: not "states" } around ? null : questions.DimensionsAsync(around.Places, around.Id, year, testId);
        var ownYears = choice.Grade is { } grade ? OfGradeAsync(places, id, testId, grade) : null;
        var aboveYears = above is null ? null
            : choice.Grade is { } same ? OfGradeAsync(above.Value.Places, above.Value.Id, testId, same)
            : questions.TrendAsync(above.Value.Places, above.Value.Id, testId);

        var trend = await trending;
        var years = (ownYears is null ? trend?.Where(one => one.TestId == testId).ToList() : await ownYears) ?? [];
        if (years.All(one => one.SchoolYear != year) && Totals(known.Where(one => one.TestId == testId && one.SchoolYear == year)) is { } total)
        {
            years = [total with { TestName = picked.TestName, Subject = picked.Subject }];
        }

        years = [.. years.Where(one => string.CompareOrdinal(one.SchoolYear, year) <= 0).OrderBy(one => one.SchoolYear, StringComparer.Ordinal)];
        return new(
            choice, await scaling, years.LastOrDefault(one => one.SchoolYear == year), years, trend, aboveYears is null ? null : await aboveYears,
            await spreading, inDimensions is null ? null : await inDimensions, aboveInDimensions is null ? null : await aboveInDimensions);
    }

    /// <summary>All grades together; null where one of them is withheld, or there are none.</summary>
    public static ScoresOfYear? Totals(IEnumerable<GradeScores> grades)
    {
        var all = grades.ToList();
        if (all.Count == 0 || all.Exists(grade => grade.Suppressed is not null))
        {
            return null;
        }

        var count = all.Sum(grade => grade.StudentCount ?? 0);
        double? average = count == 0 ? null : all.Sum(grade => (grade.StudentCount ?? 0) * (grade.AvgScore ?? 0)) / count;
        return new(all[0].SchoolYear, all[0].TestId, null, all[0].Subject, count, average, null, null, null);
    }

    private async Task<IReadOnlyList<ScoresOfYear>?> OfGradeAsync(string places, string id, string testId, string grade) =>
        (await questions.GradesAsync(places, id, testId))?.Where(one => one.Grade == grade).Select(one => new ScoresOfYear(
            one.SchoolYear, one.TestId, null, one.Subject, one.StudentCount, one.AvgScore, one.MedianScore, one.ScoreStdDev, one.Suppressed)).ToList();

    private static List<TestOfPlace> TestsOf(IReadOnlyList<GradeScores> known) =>
    [
        .. known.GroupBy(grade => (grade.SchoolYear, grade.TestId)).Select(test => new TestOfPlace(
            test.Key.SchoolYear, test.Key.TestId, null, test.First().Subject, [.. test.Select(grade => grade.Grade)])),
    ];
}
