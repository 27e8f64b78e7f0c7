using Andi.Cli.Performance;
using Andi.Cli.Queries;
using Xunit;

namespace Andi.UnitTests.Cli;

public sealed class AdviceTests
{
    private static readonly TableSize Fine = new("facts.fine", "MergeTree", 1_000_000, 100L << 20, 500L << 20, 10, 5, 3);

    [Fact]
    public void Fine_figures_give_no_advice() => Advice.From([Fine], [], [], [Query(20)]).ShouldBeEmpty();

    [Fact]
    public void Each_figure_that_is_not_fine_gives_its_own()
    {
        Advice.From([Fine with { Fullest = Advice.ManyParts }], [], [], []).ShouldHaveSingleItem().ShouldContain("100 parts in one partition");
        Advice.From([Fine with { Partitions = 2_000 }], [], [], []).ShouldHaveSingleItem().ShouldContain("500 rows a partition");
        Advice.From([Fine with { Uncompressed = 150L << 20 }], [], [], []).ShouldHaveSingleItem().ShouldContain("1.5 times smaller");
        Advice.From([], [new ColumnSize("facts.fine.id", "String", 2 << 20, 3 << 20)], [], []).ShouldHaveSingleItem()
            .ShouldContain("facts.fine.id (String): 2 MiB of 3 MiB");
        Advice.From([], [], [], [Query(1_500)]).ShouldHaveSingleItem().ShouldContain("takes 1.5 s");
        Advice.From([], [], [], [Query(5) with { Error = "no" }]).ShouldHaveSingleItem().ShouldContain("fails");
        Advice.From([], [], null, []).ShouldHaveSingleItem().ShouldContain("query_log");
    }

    private static QueryOutcome Query(double milliseconds) => new("area/name", "all", milliseconds, 7, new Dictionary<string, string?>(), null);
}
