using Andi.AnalyticsApi.Areas.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>What is asked of all years at once, compared with the rows.</summary>
/// <param name="at">Adds the generation and the oldest month to a query's parameters.</param>
/// <param name="rows">Those that count.</param>
internal sealed class YearByYearAnswers(
    ClickHouseClient client, Func<ClickHouseParameters, ClickHouseParameters> at, IReadOnlyList<ScoreRow> rows, CancellationToken cancellationToken)
{
    private static readonly (string Level, string Parameter, string Id, Func<ScoreRow, string> Of)[] Levels =
    [
        ("classroom", "teacher", "T2", row => row.TeacherId), ("school", "school", "C2", row => row.SchoolId),
        ("district", "district", "D0", row => row.DistrictId), ("state", "state", "ST", row => row.StateId),
    ];

    public async Task ShouldBeTrueAsync()
    {
        foreach (var (level, parameter, id, of) in Levels)
        {
            await TrendAsync($"{level}_distribution", parameter, id, [.. rows.Where(row => of(row) == id && row.Status == "scored")]);
            (await AskAsync<GradeOfTest>($"{level}_tests", new() { { parameter, id } })).ShouldBe(
                rows.Where(row => of(row) == id).Select(row => new GradeOfTest(row.SchoolYear, row.TestId, row.Grade)).Distinct(), ignoreOrder: true);
        }

        await ClassroomTotalsAsync();
    }

    private async Task TrendAsync(string query, string parameter, string id, List<ScoreRow> scored)
    {
        var parameters = at(new() { { parameter, id }, { "year", (string?)null }, { "test", (string?)null } });
        var found = (await client.ReadAsync(WarehouseQuery.Of("assessments", query).With(parameters), ScoresOfTest.Read, cancellationToken))
            .Select(test => (test.SchoolYear, test.TestId, Scores: new ScoreCounts(test.Counts))).Where(test => test.Scores.Count > 0).ToList();
        var expected = scored.GroupBy(row => (row.SchoolYear, row.TestId), row => row.OverallScore!.Value).OrderBy(group => group.Key).ToList();
        found.Select(test => (test.SchoolYear, test.TestId, test.Scores.Count)).ShouldBe(
            expected.Select(group => (group.Key.SchoolYear, group.Key.TestId, group.LongCount())), query);
        foreach (var ((_, _, scores), group) in found.Zip(expected))
        {
            scores.Average.ShouldBe(Statistics.Average(group), 1e-9);
            scores.Median.ShouldBe(Statistics.Percentile(group, 0.5));
            scores.StandardDeviation.ShouldBe(Statistics.StandardDeviation([.. group]), 1e-9);
        }
    }

    private async Task ClassroomTotalsAsync()
    {
        string[] places = ["T0", "T2"], years = ["2024-2025", "2025-2026"], tests = ["X0", "X2"];
        var found = await AskAsync<ClassroomTotal>("classroom_totals", new() { { "places", places }, { "years", years }, { "tests", tests } });
        found.GroupBy(row => (row.TeacherId, row.SchoolId, row.SchoolYear, row.TestId))
            .Select(group => (group.Key, Scores: group.Sum(row => row.Scores), Units: group.Sum(row => row.Total))).Where(group => group.Scores != 0)
            .ShouldBe(
                rows.Where(row => row.Status == "scored" && places.Contains(row.TeacherId) && tests.Contains(row.TestId))
                    .GroupBy(row => (row.TeacherId, row.SchoolId, row.SchoolYear, row.TestId))
                    .Select(group => (group.Key, group.LongCount(), (long)group.Sum(row => row.OverallScore!.Value * ScoreCounts.Scale))),
                ignoreOrder: true);
    }

    private Task<IReadOnlyList<T>> AskAsync<T>(string query, ClickHouseParameters parameters) =>
        client.QueryAsync<T>(WarehouseQuery.Of("assessments", query).With(at(parameters)), cancellationToken);
}
