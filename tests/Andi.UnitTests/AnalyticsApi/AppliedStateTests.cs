using Andi.AnalyticsApi.Freshness;
using Andi.Positions;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class AppliedStateTests
{
    private static readonly DateOnly Today = new(2026, 5, 31);

    [Fact]
    public void The_position_is_that_of_the_partition_furthest_behind() =>
        new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3), At("tests", 0, 8, 0)]).Position.ShouldBe(new Position(7, 3));

    [Fact]
    public void Other_generations_do_not_count_and_partitions_without_an_event_do()
    {
        var next = At("scores", 0, 1, 0) with { Generation = 2 };
        new AppliedState(1, [At("scores", 0, 9, 1), next]).Position.ShouldBe(new Position(9, 1));
        new AppliedState(2, [At("scores", 0, 9, 1), next]).Position.ShouldBe(new Position(1, 0));
        var silent = At("scores", 1, 0, 0) with { Offset = -1 };
        new AppliedState(1, [At("scores", 0, 9, 1), silent]).Position.ShouldBe(Position.None);
        new AppliedState(2, [silent, next]).Position.ShouldBe(new Position(1, 0));
        var announced = silent with { Generation = 2 };
        new AppliedState(1, [At("scores", 0, 9, 1), announced]).Position.ShouldBe(new Position(9, 1));
        new AppliedState(1, []).Position.ShouldBe(Position.None);
    }

    [Fact]
    public void The_tag_changes_with_everything_an_answer_depends_on()
    {
        var state = new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3)]);
        string[] tags =
        [
            state.Tag(Today),
            state.Tag(Today.AddDays(1)),
            new AppliedState(1, [At("scores", 0, 9, 2), At("scores", 1, 7, 3)]).Tag(Today),
            new AppliedState(1, [At("scores", 0, 10, 1), At("scores", 1, 7, 3)]).Tag(Today),
            new AppliedState(1, [At("scores", 0, 9, 1) with { Offset = 6 }, At("scores", 1, 7, 3)]).Tag(Today),
            new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3), At("tests", 0, 9, 9)]).Tag(Today),
            new AppliedState(2, [At("scores", 0, 9, 1) with { Generation = 2 }, At("scores", 1, 7, 3) with { Generation = 2 }]).Tag(Today),
        ];
        tags.Distinct().Count().ShouldBe(tags.Length);
        new AppliedState(1, [At("scores", 0, 9, 1), At("scores", 1, 7, 3)]).Tag(Today.AddDays(-30)).ShouldBe(tags[0]);
    }

    private static AppliedPartition At(string table, int partition, ulong lsn, uint index) =>
        new($"andi.public.{table}", partition, 5, new Position(lsn, index), 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
