using Andi.AnalyticsApi.Positions;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class AppliedStateTests
{
    private static readonly DateOnly Month = new(2021, 5, 1);
    private static readonly DateOnly Day = new(2026, 5, 7);

    [Fact]
    public void Position_is_that_of_the_partition_furthest_behind() =>
        new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3), At("tests", 0, 8, 0)]).Position.ShouldBe(new Position(7, 3));

    [Fact]
    public void Partition_without_an_event_counts()
    {
        var silent = At("scores", 1, 0, 0) with { Offset = -1 };
        new AppliedState(1, [At("scores", 0, 9, 1), silent]).Position.ShouldBe(Position.None);
        new AppliedState(1, []).Position.ShouldBe(Position.None);
    }

    [Fact]
    public void Tag_changes_with_everything_an_answer_depends_on()
    {
        string[] tags =
        [
            new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3)]).Tag(Month, Day),
            new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3)]).Tag(Month.AddMonths(1), Day),
            new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3)]).Tag(Month, Day.AddDays(1)),
            new AppliedState(1, [At("scores", 0, 9, 2), At("scores", 1, 7, 3)]).Tag(Month, Day),
            new AppliedState(1, [At("scores", 0, 10, 1), At("scores", 1, 7, 3)]).Tag(Month, Day),
            new AppliedState(1, [At("scores", 0, 9, 1) with { Offset = 6 }, At("scores", 1, 7, 3)]).Tag(Month, Day),
            new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3), At("tests", 0, 9, 9)]).Tag(Month, Day),
            new AppliedState(2, [At("scores", 0, 9, 1), At("scores", 1, 7, 3)]).Tag(Month, Day),
        ];
        tags.Distinct().Count().ShouldBe(tags.Length);
    }

    [Fact]
    public void Tag_of_the_rows_changes_with_an_insert_and_not_with_a_heartbeat()
    {
        AppliedPartition[] rows = [At("scores", 0, 9, 1), At("teachers", 0, 7, 3)];
        AppliedPartition[] beaten = [rows[0] with { Offset = 6, Position = new Position(10, 0) }, rows[1]];
        AppliedPartition[] inserted = [rows[0] with { Offset = 6, Inserts = 4 }, rows[1]];
        var tag = new AppliedState(1, rows).DataVersion(Month, Day).ShouldNotBeNull();
        new AppliedState(1, beaten).DataVersion(Month, Day).ShouldBe(tag);
        new AppliedState(1, inserted).DataVersion(Month, Day).ShouldNotBe(tag);
        new AppliedState(2, rows).DataVersion(Month, Day).ShouldNotBe(tag);
        new AppliedState(1, rows).DataVersion(Month.AddMonths(1), Day).ShouldNotBe(tag);
        new AppliedState(1, rows).DataVersion(Month, Day.AddDays(1)).ShouldNotBe(tag);

        // Of one table alone.
        var teachers = new AppliedState(1, rows).DataVersion("teachers").ShouldNotBeNull();
        new AppliedState(1, inserted).DataVersion("teachers").ShouldBe(teachers);
        new AppliedState(1, inserted).DataVersion("scores").ShouldNotBe(new AppliedState(1, rows).DataVersion("scores"));
        new AppliedState(2, rows).DataVersion("teachers").ShouldNotBe(teachers);
    }

    [Fact]
    public void Rows_of_which_nothing_is_known_have_no_tag()
    {
        new AppliedState(1, []).DataVersion(Month, Day).ShouldBeNull();
        new AppliedState(1, [At("scores", 0, 9, 1)]).DataVersion("teachers").ShouldBeNull();
    }

    private static AppliedPartition At(string table, int partition, ulong lsn, uint index) =>
        new($"andi.public.{table}", partition, 5, new Position(lsn, index), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 3);
}
