using System.Globalization;
using System.Text;
using Andi.Oltp.Imports;
using Andi.Oltp.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace Andi.UnitTests.Oltp;

public sealed class CsvValueTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("100", 100_00)]
    [InlineData("88.5", 88_50)]
    [InlineData("88.50", 88_50)]
    [InlineData("88.500", 88_50)]
    [InlineData("0.01", 1)]
    [InlineData("007.25", 7_25)]
    public void Numbers_that_are_allowed(string text, long hundredths)
    {
        Read(text, out var value).ShouldBeNull();
        value.ShouldBe(hundredths);
    }

    [Theory]
    [InlineData("", "number")]
    [InlineData("abc", "number")]
    [InlineData("8,5", "number")]
    [InlineData("+8", "number")]
    [InlineData("1e1", "number")]
    [InlineData(".5", "number")]
    [InlineData("5.", "number")]
    [InlineData("1.2.3", "number")]
    [InlineData(" 5", "number")]
    [InlineData("NaN", "number")]
    [InlineData("-", "number")]
    [InlineData("9999999999999999999999", "number")]
    [InlineData("100.01", "from 0 to 100")]
    [InlineData("-0.01", "from 0 to 100")]
    [InlineData("88.555", "decimal places")]
    public void Numbers_that_are_not(string text, string reason) => Read(text, out _).ShouldNotBeNull().ShouldContain(reason);

    [Theory]
    [InlineData("0.6125", 4, 6125)]
    [InlineData("1", 4, 10_000)]
    [InlineData("0.1", 4, 1_000)]
    [InlineData("0.00010", 4, 1)]
    [InlineData("7", 0, 7)]
    [InlineData("7.0", 0, 7)]
    [InlineData("-7.5", 1, -75)]
    public void Numbers_come_in_the_smallest_unit_of_their_rule(string text, int decimalPlaces, long units)
    {
        CsvNumber.Read(Encoding.UTF8.GetBytes(text), new NumberRule(-10, 10, decimalPlaces), out var value).ShouldBeNull();
        value.ShouldBe(units);
    }

    [Theory]
    [InlineData("0.61255", 4, "decimal places")]
    [InlineData("7.5", 0, "whole number")]
    [InlineData("7.55", 1, "decimal places")]
    public void More_decimal_places_than_the_rule_allows_are_refused(string text, int decimalPlaces, string reason) =>
        CsvNumber.Read(Encoding.UTF8.GetBytes(text), new NumberRule(-10, 10, decimalPlaces), out _).ShouldNotBeNull().ShouldContain(reason);

    [Fact]
    public void Numbers_mean_what_decimal_says() => Prop.ForAll(Gen.Choose(-1_000_00, 1_000_00).ToArbitrary(), hundredths =>
    {
        var text = (hundredths / 100m).ToString(CultureInfo.InvariantCulture);
        var isAllowed = hundredths is >= 0 and <= 100_00;
        return (Read(text, out var value) is null) == isAllowed && value == hundredths;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Shortest_form_is_the_number() => Prop.ForAll(Gen.Choose(-1_000_00, 1_000_00).ToArbitrary(), hundredths =>
    {
        Span<byte> utf8 = stackalloc byte[24];
        var text = Encoding.UTF8.GetString(utf8[..CsvNumber.Format(hundredths, 2, utf8)]);
        return decimal.Parse(text, CultureInfo.InvariantCulture) == hundredths / 100m && !text.EndsWith('.') && (!text.Contains('.') || text[^1] != '0');
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-05-01", true)]
    [InlineData("2024-02-29", true)]
    [InlineData("2025-02-29", false)]
    [InlineData("2026-13-01", false)]
    [InlineData("2026-00-10", false)]
    [InlineData("2026-01-00", false)]
    [InlineData("0000-01-01", false)]
    [InlineData("2026-5-1", false)]
    [InlineData("01.05.2026", false)]
    [InlineData("2026-05-01T00:00", false)]
    [InlineData("", false)]
    public void Dates(string text, bool isDate)
    {
        CsvDate.TryRead(Encoding.UTF8.GetBytes(text), out var date).ShouldBe(isDate);
        if (isDate)
        {
            date.ShouldBe(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    private static string? Read(string text, out long hundredths) => CsvNumber.Read(Encoding.UTF8.GetBytes(text), NumberRule.Percentage, out hundredths);
}
