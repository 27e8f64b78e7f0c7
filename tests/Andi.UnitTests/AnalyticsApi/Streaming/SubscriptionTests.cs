using System.Collections.Immutable;
using System.Text;
using Andi.AnalyticsApi.Streaming;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi.Streaming;

public sealed class SubscriptionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slow_reader_is_told_all_that_moved_by_one_event_of_the_newest_position()
    {
        var subscription = new Subscription("somebody", null, null);
        for (ulong lsn = 1; lsn <= 1_000; lsn++)
        {
            subscription.Offer(Of(lsn, lsn % 2 == 0 ? "scores" : "tests"));
        }

        await subscription.WaitAsync(Cancellation);
        var (moved, isBeatDue) = subscription.Take();

        moved.ShouldNotBeNull().Position.ShouldBe(Position.EndOf(1_000));
        moved.Tables.ShouldBe(["scores", "tests"]);
        isBeatDue.ShouldBeFalse();
        subscription.Take().ShouldBe((null, false));
        subscription.WaitAsync(Cancellation).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_ends_with_an_event_a_beat_and_a_failure()
    {
        var subscription = new Subscription("somebody", null, null);
        var waiting = subscription.WaitAsync(Cancellation);
        waiting.IsCompleted.ShouldBeFalse();
        subscription.Beat();
        await waiting;
        subscription.Take().ShouldBe((null, true));

        waiting = subscription.WaitAsync(Cancellation);
        subscription.Fail(new TimeoutException());
        await Should.ThrowAsync<TimeoutException>(waiting);
    }

    [Fact]
    public void Event_says_position_time_and_tables()
    {
        var moved = new Moved(
            Position.EndOf(0x41_63AC90), new DateTimeOffset(2026, 5, 7, 14, 0, 0, 250, TimeSpan.FromHours(2)), ["students", "scores"]);
        Encoding.UTF8.GetString(moved.Bytes).ShouldBe(
            "event: position\nid: 0/4163AC90\ndata: {\"position\":\"0/4163AC90\",\"appliedAt\":\"2026-05-07T12:00:00.25+00:00\","
            + "\"tables\":[\"scores\",\"students\"]}\n\n");
        Encoding.UTF8.GetString(new Moved(Position.EndOf(0), null, []).Bytes).ShouldContain("\"appliedAt\":null,\"tables\":[]}");
    }

    [Fact]
    public void Part_of_an_event_is_about_some_tables_and_is_none_without_any()
    {
        var moved = Of(5, "scores", "tests");
        moved.Within(null).ShouldBeSameAs(moved);
        moved.Within(["schools", "scores", "tests"]).ShouldBeSameAs(moved);
        moved.Within(["schools", "scores"]).ShouldNotBeNull().Tables.ShouldBe(["scores"]);
        moved.Within(["schools"]).ShouldBeNull();
    }

    private static Moved Of(ulong lsn, params string[] tables) => new(Position.EndOf(lsn), null, tables.ToImmutableSortedSet());
}
