using System.Collections.Immutable;
using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Streaming;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi.Streaming;

/// <summary>Which tables are told to have moved, when, and to whom who comes back.</summary>
public sealed class MovesTests
{
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(1);

    private readonly SetClock _clock = new();
    private readonly Moves _moves;

    public MovesTests() => _moves = new(HoldLimit, _clock);

    [Fact]
    public void Heartbeats_are_no_move()
    {
        Look(Row("scores", 10, 3, inserts: 5), Beat("tests", 10, inserts: 1)).ShouldBeNull();
        Look(Beat("scores", 20, inserts: 5), Beat("tests", 20, inserts: 1)).ShouldBeNull();
        _moves.Position.ShouldBe(Position.EndOf(20));
        _clock.Advance(HoldLimit * 2);
        Look(Beat("scores", 20, inserts: 5), Beat("tests", 30, inserts: 1)).ShouldBeNull();
    }

    [Fact]
    public void Move_is_told_once_the_position_of_all_has_passed_its_transaction()
    {
        Look(Beat("scores", 10, inserts: 5), Beat("tests", 10, inserts: 1));
        // The other table is behind, and so is the transaction's own end, which the write was told.
        Look(Row("scores", 20, 3, inserts: 6), Beat("tests", 10, inserts: 1)).ShouldBeNull();
        Look(Row("scores", 20, 3, inserts: 6), Beat("tests", 25, inserts: 1)).ShouldBeNull();

        var moved = Look(Beat("scores", 25, inserts: 6), Beat("tests", 25, inserts: 1)).ShouldNotBeNull();

        moved.Tables.ShouldBe(["scores"]);
        moved.Position.ShouldBe(Position.EndOf(25));
        Look(Beat("scores", 35, inserts: 6), Beat("tests", 35, inserts: 1)).ShouldBeNull();
    }

    [Fact]
    public void Batch_that_ends_with_a_heartbeat_is_told_at_that()
    {
        Look(Beat("scores", 10, inserts: 5), Beat("tests", 10, inserts: 1));
        Look(Beat("scores", 20, inserts: 6), Beat("tests", 20, inserts: 2)).ShouldNotBeNull().Tables.ShouldBe(["scores", "tests"]);
    }

    [Fact]
    public void Table_that_has_stopped_does_not_hold_up_the_pages_that_show_others()
    {
        Look(Beat("scores", 10, inserts: 5), Beat("tests", 10, inserts: 1));
        Look(Beat("scores", 20, inserts: 6), Beat("tests", 10, inserts: 1)).ShouldBeNull();
        _clock.Advance(HoldLimit);

        var moved = Look(Beat("scores", 30, inserts: 6), Beat("tests", 10, inserts: 1)).ShouldNotBeNull();

        (moved.Position, moved.Tables.Single()).ShouldBe((Position.EndOf(10), "scores"));
        // Told once, however long the other stands still.
        _clock.Advance(HoldLimit * 2);
        Look(Beat("scores", 40, inserts: 6), Beat("tests", 10, inserts: 1)).ShouldBeNull();
    }

    [Fact]
    public void Table_that_is_written_without_a_pause_is_told_as_far_as_all_have_come()
    {
        Look(Beat("scores", 10, inserts: 5), Beat("tests", 10, inserts: 1));
        Look(Row("scores", 20, 0, inserts: 6), Beat("tests", 10, inserts: 1)).ShouldBeNull();
        Look(Row("scores", 40, 0, inserts: 7), Beat("tests", 30, inserts: 1)).ShouldNotBeNull().Position.ShouldBe(Position.EndOf(30));
        Look(Row("scores", 40, 0, inserts: 7), Beat("tests", 40, inserts: 1)).ShouldBeNull();
        Look(Beat("scores", 50, inserts: 7), Beat("tests", 50, inserts: 1)).ShouldNotBeNull().Tables.ShouldBe(["scores"]);
    }

    [Fact]
    public void Who_comes_back_is_told_what_moved_since_and_who_begins_nothing()
    {
        Look(Beat("scores", 10, inserts: 5), Beat("tests", 10, inserts: 1));
        Look(Beat("scores", 20, inserts: 6), Beat("tests", 20, inserts: 1));
        Look(Beat("scores", 30, inserts: 6), Beat("tests", 30, inserts: 2));
        Look(Beat("scores", 40, inserts: 6), Beat("tests", 40, inserts: 2));

        Since(null).ShouldBeEmpty();
        Since(Position.EndOf(40)).ShouldBeEmpty();
        Since(Position.EndOf(30)).ShouldBeEmpty();
        Since(Position.EndOf(29)).ShouldBe(["tests"]);
        Since(Position.EndOf(20)).ShouldBe(["tests"]);
        Since(Position.EndOf(19)).ShouldBe(["scores", "tests"]);
        // From another history: what was written there is not known here.
        Since(Position.EndOf(41)).ShouldBe(["scores", "tests"]);
        _moves.Since(null).Position.ShouldBe(Position.EndOf(40));
    }

    [Fact]
    public void Process_that_has_just_started_tells_every_table_that_may_have_moved()
    {
        Look(Beat("scores", 20, inserts: 6), Row("tests", 30, 0, inserts: 1));
        // A replayed dead letter may have come since then.
        Since(Position.EndOf(20)).ShouldBe(["scores", "tests"]);
        Look(Beat("scores", 50, inserts: 6), Beat("tests", 50, inserts: 1)).ShouldBeNull();
        Since(Position.EndOf(20)).ShouldBe(["scores", "tests"]);
        Since(Position.EndOf(22)).ShouldBe(["tests"]);
        Since(Position.EndOf(31)).ShouldBeEmpty();
    }

    [Fact]
    public void Replayed_dead_letter_moves_its_table_though_no_position_moves()
    {
        Look(Beat("scores", 10, inserts: 5), Beat("tests", 10, inserts: 1));
        Look(Beat("scores", 20, inserts: 5), Beat("tests", 20, inserts: 1));
        Look(Beat("scores", 20, inserts: 6), Beat("tests", 20, inserts: 1)).ShouldBeNull();
        Since(Position.EndOf(20)).ShouldBe(["scores"]);
        Look(Beat("scores", 30, inserts: 6), Beat("tests", 30, inserts: 1)).ShouldNotBeNull().Tables.ShouldBe(["scores"]);
    }

    [Fact]
    public void Switch_of_generations_moves_every_table()
    {
        Look(Beat("scores", 20, inserts: 5), Beat("gone", 20, inserts: 1));
        var switched = new AppliedState(2, [Beat("scores", 20, inserts: 9) with { Topic = "andi-2.public.scores" }]);
        _moves.Observe(switched).ShouldBeNull();
        Since(Position.EndOf(20)).ShouldBe(["gone", "scores"]);
        _moves.Observe(new AppliedState(2, [switched.Partitions[0] with { Position = Position.EndOf(30) }])).ShouldNotBeNull()
            .Tables.ShouldBe(["gone", "scores"]);
    }

    [Fact]
    public void Table_that_joins_is_told_while_its_snapshot_has_no_position_and_when_it_has_ended()
    {
        Look(Beat("scores", 20, inserts: 5));
        Look(Beat("scores", 30, inserts: 5), new AppliedPartition("andi.public.tests", 0, 1, Position.None, default, default, 3));
        _clock.Advance(HoldLimit);
        Look(Beat("scores", 40, inserts: 5), new AppliedPartition("andi.public.tests", 0, 1, Position.None, default, default, 3))
            .ShouldNotBeNull().Tables.ShouldBe(["tests"]);
        Look(Beat("scores", 50, inserts: 5), Beat("tests", 50, inserts: 3)).ShouldNotBeNull().Tables.ShouldBe(["tests"]);
    }

    [Fact]
    public void Time_of_an_event_is_that_of_the_newest_change_that_it_tells()
    {
        var noon = new DateTimeOffset(2026, 5, 7, 12, 0, 0, TimeSpan.Zero);
        Look(Beat("scores", 10, inserts: 5) with { AppliedAt = noon }, Beat("tests", 10, inserts: 1) with { AppliedAt = noon.AddSeconds(1) });
        _moves.Since(null).AppliedAt.ShouldBe(noon.AddSeconds(1));

        var moved = Look(
            Beat("scores", 20, inserts: 6) with { AppliedAt = noon.AddSeconds(2) }, Beat("tests", 20, inserts: 1) with { AppliedAt = noon.AddSeconds(3) });

        moved.ShouldNotBeNull().AppliedAt.ShouldBe(noon.AddSeconds(2));
    }

    private static AppliedPartition Row(string table, ulong lsn, uint index, long inserts) => At(table, new Position(lsn, index), inserts);

    private static AppliedPartition Beat(string table, ulong lsn, long inserts) => At(table, Position.EndOf(lsn), inserts);

    private static AppliedPartition At(string table, Position position, long inserts) =>
        new($"andi.public.{table}", 0, 5, position, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, inserts);

    private Moved? Look(params AppliedPartition[] partitions) => _moves.Observe(new AppliedState(1, partitions));

    private ImmutableSortedSet<string> Since(Position? last) => _moves.Since(last).Tables;
}

/// <summary>A clock that moves when it is told to.</summary>
internal sealed class SetClock : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public void Advance(TimeSpan time) => _now += time.Ticks;
}
