using System.Globalization;
using Andi.AnalyticsApi.Areas.Coaching;
using Andi.IntegrationTests.Warehouse.Assessments;
using Andi.Warehouse.Client;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>The days that a question names, and which rows it is then about: by days, or by the weeks or months in which the days lie, whole.</summary>
/// <param name="From">Null: as far as rows count.</param>
/// <param name="To">Null: no end.</param>
internal sealed record Asked(DateOnly? From = null, DateOnly? To = null)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>
    /// The turn of a year, whose week crosses it; a few weeks that begin and end within a month; no beginning; one day; days on which nothing is.
    /// </summary>
    private static readonly Asked[] Periods =
    [
        new(CoachingHistory.TurnOfYear.AddDays(-2), CoachingHistory.TurnOfYear.AddDays(1)),
        new(Today.AddDays(-75), Today.AddDays(-20)),
        new(To: Today.AddDays(-40)),
        new(Today.AddDays(-3), Today.AddDays(-3)),
        new(Today.AddYears(2), Today.AddYears(3)),
    ];

    /// <summary>Everything, and two of the other periods: four histories in a row have them all.</summary>
    public static IReadOnlyList<Asked> ForSeed(int seed) => [new(), Periods[2 * seed % Periods.Length], Periods[((2 * seed) + 1) % Periods.Length]];

    private DateOnly First => From is { } from && from > ScoreRow.OldestMonth ? from : ScoreRow.OldestMonth;

    private DateOnly Last => To ?? DateOnly.MaxValue;

    public List<T> ByDay<T>(IEnumerable<T> rows)
        where T : IEvent => [.. rows.Where(row => row.Day() >= First && row.Day() <= Last)];

    public List<T> ByWeek<T>(IEnumerable<T> rows)
        where T : IEvent => [.. rows.Where(row => row.Week() >= CoachingRows.Monday(First) && row.Week() <= CoachingRows.Monday(Last))];

    public List<T> ByMonth<T>(IEnumerable<T> rows)
        where T : IEvent => [.. rows.Where(row => IsOfMonth(row.Month()))];

    public bool IsOfMonth(DateOnly month) => month >= CoachingRows.FirstOfMonth(First) && month <= CoachingRows.FirstOfMonth(Last);

    /// <summary>As the API says it.</summary>
    public ClickHouseParameters AddTo(ClickHouseParameters parameters, uint generation)
    {
        parameters.Add("generation", generation);
        parameters.Add("oldest", ScoreRow.OldestMonth);
        new Period { From = Text(From), To = Text(To) }.AddTo(parameters, ScoreRow.OldestMonth);
        return parameters;
    }

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
