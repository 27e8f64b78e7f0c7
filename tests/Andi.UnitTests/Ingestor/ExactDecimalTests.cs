using System.Globalization;
using System.Text;
using Andi.Ingestor.Landing.Native;
using FsCheck;
using FsCheck.Fluent;

namespace Andi.UnitTests.Ingestor;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", 2, 0)]
    [InlineData("12.5", 2, 1250)]
    [InlineData("-12.50", 2, -1250)]
    [InlineData("100", 2, 10000)]
    [InlineData("7.5000", 1, 75)]
    [InlineData("00.01", 2, 1)]
    public void Text_becomes_whole_units(string text, int scale, long units)
    {
        ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), scale, out var parsed).ShouldBeTrue();
        parsed.ShouldBe((Int128)units);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e2")]
    [InlineData("1.005")]
    [InlineData("NaN")]
    [InlineData("--1")]
    [InlineData("1.-1")]
    [InlineData("123456789012345678901234567890123456789")]
    public void Text_that_is_no_number_or_would_be_rounded_is_refused(string text) =>
        ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), 2, out _).ShouldBeFalse();

    [Fact]
    public void Every_decimal_with_that_scale_comes_back_unchanged() =>
        Prop.ForAll<int>(units =>
        {
            var text = (units / 100m).ToString("0.##", CultureInfo.InvariantCulture);
            return ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), 2, out var parsed) && parsed == units;
        }).QuickCheckThrowOnFailure();
}
