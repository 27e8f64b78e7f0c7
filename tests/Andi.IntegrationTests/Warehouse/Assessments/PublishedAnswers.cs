using Andi.AnalyticsApi.Areas.Assessments;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>What publications are made from, compared with the rows.</summary>
/// <param name="at">Adds the generation and the oldest month to a query's parameters.</param>
internal sealed class PublishedAnswers(ClickHouseClient client, Func<ClickHouseParameters, ClickHouseParameters> at, CancellationToken cancellationToken)
{
    /// <param name="rows">Those that the filter's year and test leave.</param>
    public async Task ShouldBeTrueAsync(IReadOnlyList<ScoreRow> rows, ScoreFilter filter)
    {
        (string Query, string Parameter, string Id, Func<ScoreRow, string> Of)[] levels =
        [
            ("classroom_districts", "teacher", "T2", row => row.TeacherId), ("school_districts", "school", "C2", row => row.SchoolId),
            ("district_years", "district", "D0", row => row.DistrictId), ("state_districts", "state", "ST", row => row.StateId),
        ];
        foreach (var (query, parameter, id, of) in levels)
        {
            (await AskAsync<DistrictInYear>(query, filter.With(parameter, id))).ShouldBe(
                rows.Where(row => of(row) == id && row.Status == "scored").Select(row => new DistrictInYear(row.DistrictId, row.SchoolYear)).Distinct(),
                ignoreOrder: true);
        }

        if (filter is { SchoolYear: { } year, TestId: null, IsOfAllYears: false })
        {
            (await AskAsync<PublishedRow>("district_student_scores", new() { { "district", "D0" }, { "year", year } }))
                .Select(row => (row.StudentId, row.TestId, row.SchoolId, row.Grade, row.TeacherId, row.Units / 10_000m, row.DimensionScores.Count))
                .ShouldBe(
                    rows.Where(row => row is { DistrictId: "D0", Status: "scored" }).Select(row => (
                        row.StudentId, row.TestId, row.SchoolId, row.Grade, row.TeacherId, row.OverallScore!.Value, row.Dimensions.Count)),
                    ignoreOrder: true);
        }

        if (filter is { IsOfAllYears: true, TestId: null })
        {
            (await AskAsync<OwnStudent>("classroom_student_ids", new() { { "teacher", "T1" } })).Select(student => student.StudentId).ShouldBe(
                rows.Where(row => row.TeacherId == "T1").Select(row => row.StudentId).Distinct(), ignoreOrder: true);
        }
    }

    private Task<IReadOnlyList<T>> AskAsync<T>(string query, ClickHouseParameters parameters) =>
        client.QueryAsync<T>(WarehouseQuery.Of("assessments", query).With(at(parameters)), cancellationToken);
}
