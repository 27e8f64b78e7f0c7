using System.Collections.Concurrent;
using Andi.Warehouse;
using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>
/// Compares the districts of a state. Two statements: counts by bands, which tell in which of these the values in the middle are, and the scores of
/// just those, a fiftieth of all. Both at once where the same was asked before, as the bands are then likely the same; only where to look is kept, never what
/// is there. Where rows came between the two they do not fit together; then all scores are read, in one statement.
/// </summary>
internal sealed class DistrictsOfState(ClickHouseClient warehouse)
{
    // So that an address is well below what a server takes, however long ids are.
    private const int GroupsPerStatement = 2000;
    private const int MostGuesses = 1000;

    private static readonly WarehouseQuery Bands = WarehouseQuery.Of(AssessmentsArea.FolderName, "state_district_bands");
    private static readonly WarehouseQuery Values = WarehouseQuery.Of(AssessmentsArea.FolderName, "state_district_values");
    private static readonly WarehouseQuery AllValues = WarehouseQuery.Of(AssessmentsArea.FolderName, "state_district_all_values");

    private readonly ConcurrentDictionary<string, BandOfDistrict[]> _guesses = new(StringComparer.Ordinal);

    /// <summary>A row for each district and test that has scores, in no order.</summary>
    /// <param name="filter">Chooses the year.</param>
    /// <param name="parameters">Makes the queries' parameters: <c>state</c>, <c>year</c>, <c>test</c>, <c>generation</c> and <c>oldest</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RowsOfYear<PlaceInTest>> AskAsync(
        ScoreFilter filter, Func<ClickHouseParameters> parameters, CancellationToken cancellationToken)
    {
        var question = string.Join('\n', parameters().Select(pair => pair.Value));
        var guessed = _guesses.GetValueOrDefault(question, []);
        var values = new PlaceValues();
        var counting = warehouse.ReadAsync(Bands.With(parameters()), DistrictBands.Read, cancellationToken);
        var guessing = AddAsync(values, guessed, parameters, cancellationToken);
        await Task.WhenAll(counting, guessing);

        var (year, bands) = filter.Choose(await counting, row => row.SchoolYear);
        BandOfDistrict[] needed =
            [.. bands.SelectMany(row => row.Middle.Select(band => new BandOfDistrict(row.SchoolYear, row.TestId, row.DistrictId, band)))];
        BandOfDistrict[] missing = [.. needed.Except(guessed)];
        await AddAsync(values, missing, parameters, cancellationToken);
        if (needed.Length <= GroupsPerStatement && (missing.Length > 0 || guessed.Length > needed.Length)
            && (_guesses.Count < MostGuesses || guessed.Length > 0))
        {
            _guesses[question] = needed;
        }

        var compared = new List<PlaceInTest>(bands.Count);
        foreach (var row in bands)
        {
            if (row.Median(values.Find(row.SchoolYear, row.TestId, row.DistrictId)) is not { } median)
            {
                return filter.Choose(await AllAsync(parameters(), cancellationToken), place => place.SchoolYear);
            }

            compared.Add(new PlaceInTest(
                row.SchoolYear, row.TestId, row.DistrictId, row.Count, row.Total / (row.Count * (double)ScoreCounts.Scale), median));
        }

        return new(year, compared);
    }

    /// <summary>The same from one statement: every score.</summary>
    public async Task<IReadOnlyList<PlaceInTest>> AllAsync(ClickHouseParameters parameters, CancellationToken cancellationToken)
    {
        var values = await warehouse.ReadAsync(AllValues.With(parameters), rows => new PlaceValues().Add(rows), cancellationToken);
        return values.Compared();
    }

    private async Task AddAsync(PlaceValues values, BandOfDistrict[] wanted, Func<ClickHouseParameters> parameters, CancellationToken cancellationToken)
    {
        foreach (var some in wanted.Chunk(GroupsPerStatement))
        {
            var own = parameters();
            own.Add("groups", some.Select(group => (group.SchoolYear, group.TestId, group.DistrictId, group.Band)));
            own.Add("years", some.Select(group => group.SchoolYear).Distinct(StringComparer.Ordinal));
            own.Add("bands", some.Select(group => group.Band).Distinct().Order());
            await warehouse.ReadAsync(Values.With(own), rows => values.Add(rows), cancellationToken);
        }
    }

    private readonly record struct BandOfDistrict(string SchoolYear, string TestId, string DistrictId, byte Band);
}
