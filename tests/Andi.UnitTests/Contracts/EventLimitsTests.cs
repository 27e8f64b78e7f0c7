using Andi.ChangeEvents;
using Andi.Topology;

namespace Andi.UnitTests.Contracts;

public sealed class EventLimitsTests
{
    [Fact]
    public void Largest_event_fits_into_a_dead_letter()
    {
        // "+" after "+" in base64: a writer that escaped it would need six characters for each.
        var value = new byte[EventLimits.LargestEvent];
        for (var at = 0; at < value.Length; at++)
        {
            value[at] = (at % 3) switch { 0 => 0xFB, 1 => 0xEF, _ => 0xBE };
        }

        var letter = new DeadLetter("andi.public.scores", 1, long.MaxValue, new string('r', 2000), new byte[500], value, DateTimeOffset.MaxValue);

        letter.ToBytes().Length.ShouldBeLessThan(EventLimits.LargestMessage);
    }
}
