using Andi.AnalyticsApi.Areas.Assessments;
using Andi.AnalyticsApi.Requests;
using Andi.Requests;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class PageRequestTests
{
    [Fact]
    public void Cursor_comes_back_as_it_went()
    {
        var cursor = new ComparisonCursor("-avgScore", "näme\n'", BitConverter.DoubleToUInt64Bits(0.1 + 0.2), "D1", "X/1", "2025-2026");
        var text = PageCursor.Text(cursor);
        PageCursor.Parse<ComparisonCursor>(text).ShouldBe(cursor);
        Uri.EscapeDataString(text).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("bm9uc2Vuc2U")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    public void Cursor_that_no_answer_gave_is_refused(string text) =>
        new PageRequest { Cursor = text }.Check<ComparisonCursor>(cursor => cursor.IsWhole())
            .ShouldNotBeNull().ProblemDetails.Detail.ShouldNotBeNull().ShouldContain("cursor");

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("many")]
    public void Limit_out_of_range_is_refused(string limit) =>
        new PageRequest { Limit = limit }.Check<ComparisonCursor>(cursor => cursor.IsWhole())
            .ShouldNotBeNull().ProblemDetails.Detail.ShouldNotBeNull().ShouldContain("limit");

    [Fact]
    public void Page_tells_of_a_next_one_only_where_rows_are_left()
    {
        var page = new PageRequest { Limit = "2" };
        page.Of([1, 2], end => end).ShouldBe(([1, 2], null), new PageComparer());
        page.Of([1, 2, 3], end => end).ShouldBe(([1, 2], PageCursor.Text(2)), new PageComparer());
    }

    private sealed class PageComparer : IEqualityComparer<(IReadOnlyList<int> Items, string? NextCursor)>
    {
        public bool Equals((IReadOnlyList<int> Items, string? NextCursor) x, (IReadOnlyList<int> Items, string? NextCursor) y) =>
            x.Items.SequenceEqual(y.Items) && x.NextCursor == y.NextCursor;

        public int GetHashCode((IReadOnlyList<int> Items, string? NextCursor) page) => page.Items.Count;
    }
}
