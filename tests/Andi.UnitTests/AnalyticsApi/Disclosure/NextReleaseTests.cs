using Andi.AnalyticsApi.Disclosure;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi.Disclosure;

public sealed class NextReleaseTests
{
    private static readonly GroupRule Rule = new(10, 0, 100);
    private ulong _position;

    [Fact]
    public void Block_moves_on_with_ten_new_values_and_not_with_nine()
    {
        var release = Next(null, Classroom(30));
        release = Next(release, Classroom(30, changed: 9));
        release.Blocks.ShouldHaveSingleItem().Steps.Count.ShouldBe(1);
        release.Reflects.ShouldBe(new Position(1, 0));

        release = Next(release, Classroom(30, changed: 10));
        release.Blocks.ShouldHaveSingleItem().People.Select(person => person.Values[0]).ShouldBe(
            Classroom(30, changed: 10).Select(row => (int?)row.Values[""]), ignoreOrder: true);
        release.Reflects.ShouldBe(new Position(3, 0));
    }

    /// <summary>Else the first and the third state would differ by two students.</summary>
    [Fact]
    public void Students_who_return_to_an_earlier_score_do_not_hide_another_one()
    {
        var release = Next(Next(null, Classroom(30)), Classroom(30, changed: 10));
        var returned = Classroom(30, changed: 1).Select(row => row.Person == 20 ? row with { Values = Score(99) } : row);
        Next(release, returned).Blocks.ShouldHaveSingleItem().Steps.Count.ShouldBe(2);
    }

    [Fact]
    public void Ten_who_leave_leave_as_long_as_ten_stay()
    {
        var release = Next(null, Classroom(30));
        Next(release, Classroom(30).Skip(9)).Blocks[0].People.Count.ShouldBe(30);
        Next(release, Classroom(30).Skip(10)).Blocks[0].People.Count.ShouldBe(20);
        Next(release, Classroom(30).Skip(21)).Blocks[0].People.Count.ShouldBe(30);
    }

    [Fact]
    public void What_is_the_same_by_value_brings_the_position_along_and_nothing_else()
    {
        var release = Next(Next(null, Classroom(30)), Classroom(30));
        release.Blocks.ShouldHaveSingleItem().Steps.Count.ShouldBe(1);
        release.Reflects.ShouldBe(new Position(2, 0));
    }

    [Fact]
    public void Place_that_is_too_small_waits_and_the_others_stay_told_as_of_before()
    {
        var release = Next(null, Classroom(30));
        release = Next(release, Classroom(30).Concat(Classroom(3, school: "C2", from: 100)));
        release.Waiting.ShouldHaveSingleItem().Since.ShouldBe(new Position(1, 0));
        release.Reflects.ShouldBe(new Position(1, 0));
        Next(release, Classroom(30).Concat(Classroom(12, school: "C2", from: 100))).Blocks.Count.ShouldBe(2);
    }

    [Fact]
    public void Block_that_was_made_of_few_is_split_once_there_are_enough_new_ones_in_each_part()
    {
        var release = Next(null, Classroom(6).Concat(Classroom(6, school: "C2", from: 100)));
        release.Blocks.ShouldHaveSingleItem().Atoms.Count.ShouldBe(2);
        release = Next(release, Classroom(15).Concat(Classroom(17, school: "C2", from: 100)));
        release.Blocks.ShouldHaveSingleItem();
        Next(release, Classroom(40).Concat(Classroom(40, school: "C2", from: 100))).Blocks.Count.ShouldBe(2);
    }

    [Fact]
    public void Publication_comes_back_as_it_was_stored()
    {
        var release = Next(Next(null, Classroom(30)), Classroom(30, changed: 12).Concat(Classroom(3, school: "C2", from: 100)));
        var packed = PublicationStore.Pack(new Publication(
            [1, 2, 3], new Position(7, 8), "v", DateTimeOffset.UnixEpoch, new Dictionary<string, Release> { ["X1"] = release }));
        var back = PublicationStore.Unpack(packed);
        PublicationStore.Pack(back).ShouldBe(packed);
        back.Sets["X1"].Blocks[0].People.Select(person => (person.Person, person.Values[0])).ShouldBe(
            release.Blocks[0].People.Select(person => (person.Person, person.Values[0])));
    }

    private Release Next(Release? before, IEnumerable<LiveRow> rows) => NextRelease.Of(before, [.. rows], new Position(++_position, 0), Rule);

    // Scores from 20 to 69; those that changed from 80 on.
    private static IEnumerable<LiveRow> Classroom(int students, int changed = 0, string school = "C1", int from = 0) =>
        Enumerable.Range(0, students).Select(n => new LiveRow((ulong)(from + n), [school, "5", $"T-{school}"], Score(n < changed ? 80 + n : 20 + n)));

    private static Dictionary<string, int> Score(int score) => new() { [""] = score };
}
