using Andi.Warehouse.Client;

namespace Andi.AnalyticsApi.Freshness;

/// <summary>
/// What one request reads at, known before its first question: questions name the generation and the oldest month themselves, so that what they read is what the
/// answer's position says, whatever is switched meanwhile.
/// </summary>
internal sealed class ReadState
{
    private const int YearsThatCount = 5;

    private AppliedState? _applied;

    /// <exception cref="InvalidOperationException">The endpoint has no <see cref="ReadPositionFilter"/>.</exception>
    public AppliedState Applied => _applied ?? throw new InvalidOperationException($"No position was read: the endpoint needs the {nameof(ReadPositionFilter)}.");

    /// <summary>Rows from before it do not count: five years and the rest of a month, by UTC, as R__030_retention.sql has it.</summary>
    public DateOnly OldestMonth { get; private set; }

    public void Set(AppliedState applied, DateTimeOffset now)
    {
        _applied = applied;
        OldestMonth = MonthOf(DateOnly.FromDateTime(now.UtcDateTime).AddYears(-YearsThatCount));
    }

    /// <summary>Adds <c>generation</c> and <c>oldest</c> to a query's own parameters.</summary>
    /// <returns>The same parameters.</returns>
    public ClickHouseParameters AddTo(ClickHouseParameters parameters)
    {
        parameters.Add("generation", Applied.Generation);
        parameters.Add("oldest", OldestMonth);
        return parameters;
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
