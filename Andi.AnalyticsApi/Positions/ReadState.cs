using Andi.Warehouse.Client;
using Andi.Warehouse.Retention;

namespace Andi.AnalyticsApi.Positions;

/// <summary>
/// What one request reads at, known before its first question: questions name the generation and the oldest month themselves, so that what they read is what
/// the answer's position says, whatever is switched meanwhile.
/// </summary>
internal sealed class ReadState
{
    private AppliedState? _applied;

    /// <exception cref="InvalidOperationException">The endpoint has no <see cref="ReadPositionFilter"/>.</exception>
    public AppliedState Applied =>
        _applied ?? throw new InvalidOperationException($"No position was read: the endpoint needs the {nameof(ReadPositionFilter)}.");

    /// <summary>Whether it is known yet.</summary>
    public bool IsSet => _applied is not null;

    /// <summary>The answer is of what is published, which has a position of its own, and not of now.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Rows from before it do not count, by UTC: what <c>ops.oldest_month</c> says of the generation that is read.</summary>
    public DateOnly OldestMonth { get; private set; }

    /// <summary>When the request came, by UTC.</summary>
    public DateOnly Today { get; private set; }

    public void Set(AppliedState applied, RetainedMonths months, DateTimeOffset now)
    {
        _applied = applied;
        Today = DateOnly.FromDateTime(now.UtcDateTime);
        OldestMonth = months.Oldest(applied.Generation, now);
    }

    /// <summary>Adds <c>generation</c> and <c>oldest</c> to a query's own parameters.</summary>
    /// <returns>The same parameters.</returns>
    public ClickHouseParameters AddTo(ClickHouseParameters parameters)
    {
        parameters.Add("generation", Applied.Generation);
        parameters.Add("oldest", OldestMonth);
        return parameters;
    }
}
