using Andi.Topology;

namespace Andi.UnitTests.Contracts;

public sealed class EventRetentionTests
{
    [Theory]
    [InlineData(EventRetention.LeastDays)]
    [InlineData(EventRetention.DefaultDays)]
    [InlineData(EventRetention.MostDays)]
    public void Event_is_gone_within_the_days_that_were_promised(int days)
    {
        // A file is begun, filled until it is rolled, and looked at every five minutes once its last event is old enough; it is removed a minute later.
        var worst = EventRetention.RetentionMs(days) + EventRetention.RollMs(days) + (6 * 60 * 1000);
        worst.ShouldBeLessThan((long)TimeSpan.FromDays(days).TotalMilliseconds);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("366")]
    [InlineData("7d")]
    public void Other_numbers_of_days_are_refused(string text) => EventRetention.TryParse(text, out _).ShouldBeFalse();
}
