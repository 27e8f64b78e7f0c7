using Andi.AnalyticsApi.Positions;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class TableFreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1, 0, "current")]
    [InlineData(5, 5, 0, "current")]
    [InlineData(60, 1, 0, "behind")]
    [InlineData(60, 60, 0, "stopped")]
    [InlineData(60, 60, 58, "behind")]
    public void State_tells_a_table_that_is_slow_from_one_for_which_nothing_comes(int lagSeconds, int appliedSecondsAgo, int anyMovedSecondsAgo, string state)
    {
        var freshness = TableFreshness.Of("scores", [Partition(0, lagSeconds, appliedSecondsAgo)], Now.AddSeconds(-anyMovedSecondsAgo), Now);

        (freshness.State, freshness.LagMs).ShouldBe((state, lagSeconds * 1000L));
    }

    [Fact]
    public void Table_before_its_first_event_is_empty()
    {
        TableFreshness.Of("scores", [Partition(-1, 1, 1), Partition(0, 1, 1)], Now, Now).State.ShouldBe("empty");
    }

    private static AppliedPartition Partition(long offset, int lagSeconds, int appliedSecondsAgo) =>
        new("andi.public.scores", 0, offset, Position.None, Now.AddSeconds(-lagSeconds), Now.AddSeconds(-appliedSecondsAgo), 0);
}
