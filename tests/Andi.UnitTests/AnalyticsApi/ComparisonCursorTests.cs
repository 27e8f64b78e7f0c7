using Andi.AnalyticsApi.Assessments.Comparisons;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class ComparisonCursorTests
{
    [Fact]
    public void A_cursor_comes_back_as_it_went()
    {
        var cursor = new ComparisonCursor("-avgScore", "näme\n'", BitConverter.DoubleToUInt64Bits(0.1 + 0.2), "D1", "X/1");
        ComparisonCursor.Parse(cursor.ToString()).ShouldBe(cursor);
        Uri.EscapeDataString(cursor.ToString()).ShouldBe(cursor.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("bm9uc2Vuc2U")]
    [InlineData("e30")]
    [InlineData("bnVsbA")]
    public void Nonsense_is_none(string text) => ComparisonCursor.Parse(text).ShouldBeNull();
}
