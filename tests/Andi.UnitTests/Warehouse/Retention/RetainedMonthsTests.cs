using Andi.Warehouse.Retention;

namespace Andi.UnitTests.Warehouse.Retention;

public sealed class RetainedMonthsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-30T23:59:59+00:00", "2021-11-01")]
    [InlineData("2026-12-01T00:30:00+01:00", "2021-11-01")]
    [InlineData("2026-12-01T00:00:00+00:00", "2021-12-01")]
    [InlineData("2028-02-29T12:00:00+00:00", "2023-02-01")]
    public void Months_that_count_begin_by_UTC(string now, string oldest) =>
        Months(Row(1, 5)).Oldest(1, DateTimeOffset.Parse(now, null)).ShouldBe(DateOnly.Parse(oldest, null));

    [Fact]
    public void Newest_row_has_the_years()
    {
        var months = Months(Row(2, 7), Row(3, 2), Row(1, 5));
        (months.Years, months.Oldest(1, Now)).ShouldBe((2, new DateOnly(2024, 11, 1)));
    }

    [Fact]
    public void Of_generations_that_lack_months_these_stay_out_until_the_years_have_passed_them()
    {
        // Three years counted once, when generation 4 was the newest to have landed.
        var months = Months(Row(1, 5), Row(2, 3), Row(3, 7, new DateOnly(2023, 11, 1), 4));
        (months.Oldest(3, Now), months.Oldest(4, Now), months.Oldest(5, Now)).ShouldBe((new(2023, 11, 1), new(2023, 11, 1), new(2019, 11, 1)));
        months.Oldest(4, Now.AddYears(4)).ShouldBe(new DateOnly(2023, 11, 1));
        months.Oldest(4, Now.AddYears(4).AddMonths(1)).ShouldBe(new DateOnly(2023, 12, 1));
    }

    [Fact]
    public void Of_several_lacks_the_largest_counts_whenever_it_was_written()
    {
        var months = Months(Row(1, 5), Row(2, 3), Row(3, 4, new DateOnly(2023, 11, 1), 4), Row(4, 9, new DateOnly(2022, 11, 1), 6));
        (months.Oldest(4, Now), months.Oldest(6, Now), months.Oldest(7, Now)).ShouldBe((new(2023, 11, 1), new(2022, 11, 1), new(2017, 11, 1)));
    }

    private static RetainedMonths Months(params RetentionRow[] rows) => new(rows);

    private static RetentionRow Row(ulong change, byte years, DateOnly? completeFrom = null, uint generations = 0) =>
        new(change, years, completeFrom ?? new(1970, 1, 1), generations);
}
